import pytest
from click.testing import CliRunner

from course.datasets.__main__ import main


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, [str(a) for a in arguments])


def test_list_shows_each_data_set_and_what_it_needs(run, prepared_dir):
    result = run("list", "--data-dir", prepared_dir)

    digits, _, paragraphs, fashion, folder = result.output.splitlines()
    assert result.exit_code == 0
    assert digits.split()[:5] == ["digits", "1797", "images", "8x8", "prepared"]
    assert paragraphs.split()[:4] == ["paragraphs", "700", "texts", "prepared"]
    assert "needs --online" in fashion
    assert folder == f"Data folder: {prepared_dir}"


def test_list_tells_digits_that_are_not_made_yet(run):
    result = run("list")

    assert "made on first use" in result.output.splitlines()[0]


def test_prepare_says_where_the_data_is(run, tmp_path):
    result = run("prepare", "digits", "--data-dir", tmp_path)

    assert result.exit_code == 0
    assert result.output == f"digits is ready: {tmp_path / 'digits' / '1.0.0'}\n"


def test_a_misspelt_name_is_a_usage_error_with_the_nearest_name(run):
    result = run("prepare", "fashion-mnist")

    assert result.exit_code == 2
    assert 'Did you mean "fashion_mnist"?' in result.stderr


def test_a_missing_name_is_a_usage_error(run):
    result = run("prepare")

    assert result.exit_code == 2
    assert "Missing argument 'NAME'" in result.stderr


def test_a_refused_download_ends_with_status_1_and_the_command(run):
    result = run("prepare", "fashion_mnist")

    assert result.exit_code == 1
    assert "python -m course.datasets prepare fashion_mnist --online" in result.stderr
    assert result.stdout == ""


def test_a_failed_download_ends_with_status_1_and_a_next_step(monkeypatch, run):
    def no_network(name, data_dir):
        raise ConnectionError("no route to host")

    monkeypatch.setattr("tensorflow_datasets.builder", no_network)

    result = run("prepare", "fashion_mnist", "--online")

    assert result.exit_code == 1
    assert "fashion_mnist was not downloaded" in result.stderr
    assert "Check the network connection" in result.stderr


def test_list_without_a_home_folder_ends_with_status_1(monkeypatch, run):
    def no_home():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("SURVIVAL_SCHOOL_DATA")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("pathlib.Path.home", no_home)

    result = run("list")

    assert result.exit_code == 1
    assert "Set SURVIVAL_SCHOOL_DATA" in result.stderr


def test_an_error_on_the_command_line_has_no_traceback(python):
    process = python("-m", "course.datasets", "prepare", "fashion_mnist")

    out, err = process.communicate()

    assert (process.returncode, out) == (1, "")
    assert len(err.splitlines()) == 2
    assert "Traceback" not in err
