import pytest

from graders.checks.reading_catalogue import read_catalogue
from graders.errors import AssignmentError

HEAD = "schema: 1\nassignment: a\nmisconceptions:\n"
ENTRY = """\
  - id: flipped
    task: A2.2
    title: The kernel is turned.
    hint: Test with an image that is zero except for one single pixel.
    mutant: flipped.py
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "misconceptions.yaml"


def test_misconceptions_are_found_by_their_id(path):
    path.write_text(HEAD + ENTRY)

    catalogue = read_catalogue(path)

    assert catalogue["flipped"].mutant == "flipped.py"
    assert catalogue["flipped"].row is None


def test_an_id_that_is_used_twice_is_refused(path):
    path.write_text(HEAD + ENTRY + ENTRY)

    with pytest.raises(AssignmentError) as caught:
        read_catalogue(path)

    assert caught.value.what == "the id 'flipped' is used twice"
    assert caught.value.fix == "Rename one of them."


def test_an_unknown_key_is_refused_with_its_line_and_the_nearest(path):
    path.write_text(HEAD + ENTRY + "    tiltle: x\n")

    with pytest.raises(AssignmentError) as caught:
        read_catalogue(path)

    assert caught.value.where == "misconceptions.yaml:9"
    assert caught.value.what == "unknown key 'tiltle'"
    assert caught.value.fix == "Did you mean 'title'?"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("id: flipped", "id: Flipped Kernel", 4),
        ("title: The kernel is turned.", "title: short", 6),
        ("mutant: flipped.py", "mutant: ../flipped.py", 8),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_line(path, old, new, line):
    path.write_text(HEAD + ENTRY.replace(old, new))

    with pytest.raises(AssignmentError) as caught:
        read_catalogue(path)

    assert caught.value.where == f"misconceptions.yaml:{line}"
    assert caught.value.fix == "Correct the value."
