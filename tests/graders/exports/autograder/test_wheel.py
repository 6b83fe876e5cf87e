import io
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution

import pytest

from graders.exports.autograder.wheel import WheelNotBuilt, make_wheel, repacked


@pytest.fixture(scope="module")
def wheel():
    return make_wheel()


def contents(wheel):
    with zipfile.ZipFile(io.BytesIO(wheel.content)) as archive:
        return {
            name: archive.read(name)
            for name in archive.namelist()
            if not name.endswith("/RECORD")
        }


def test_the_wheel_holds_all_that_grades_and_nothing_that_was_compiled(wheel):
    names = contents(wheel).keys()

    assert "graders/suites/assignment2_cnn/reference.py" in names
    assert "assignments/assignment2_cnn/rubric.yaml" in names
    assert "graders/exports/autograder/setup.sh.j2" in names
    assert not [name for name in names if "__pycache__" in name or "tests/" in name]


def test_an_installed_project_is_packed_again_into_the_same_wheel(wheel, tmp_path):
    file = tmp_path / wheel.filename
    file.write_bytes(wheel.content)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    place = tmp_path / "installed"
    subprocess.run(
        [*pip, "--no-compile", "--target", str(place), str(file)],
        check=True,
        capture_output=True,
    )
    info = next(place.glob("survival_school-*.dist-info"))

    again = repacked(Distribution.at(info))

    assert again.filename == wheel.filename
    assert contents(again) == contents(wheel)
    again_file = tmp_path / "again" / again.filename
    again_file.parent.mkdir()
    again_file.write_bytes(again.content)
    subprocess.run(
        [*pip, "--no-compile", "--target", str(tmp_path / "b"), str(again_file)],
        check=True,
        capture_output=True,
    )


def test_a_source_that_cannot_be_built_says_why(tmp_path):
    text = '[project]\nname = "survival-school"\ndependencies = 3\n'
    (tmp_path / "pyproject.toml").write_text(text)

    with pytest.raises(WheelNotBuilt) as caught:
        make_wheel(tmp_path)

    assert caught.value.what.startswith("the wheel could not be built: ")
    assert caught.value.where == str(tmp_path)
