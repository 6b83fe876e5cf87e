import pytest

from graders import assignments
from graders.assignments import find_assignment, list_assignments
from graders.errors import AssignmentError, UsageError


@pytest.mark.parametrize("name", ["assignment2", "cnn", "2", "assignment2_cnn"])
def test_an_assignment_is_found_by_its_folder_and_by_each_of_its_names(name):
    listing = find_assignment(name)

    assert listing.name == "assignment2_cnn"
    assert listing.stub.as_posix() == "assignments/assignment2_cnn/cnn.py"


def test_an_unknown_name_suggests_the_nearest():
    with pytest.raises(UsageError) as caught:
        find_assignment("asignment2")

    assert caught.value.what == "there is no assignment 'asignment2'"
    assert caught.value.fix == "Did you mean 'assignment2'?"


def test_a_name_like_no_other_points_to_the_list():
    with pytest.raises(UsageError) as caught:
        find_assignment("zzzz")

    assert caught.value.fix == "Run `grade list` to see them all."


def test_no_name_stands_for_two_assignments():
    listings = list_assignments()

    names = [name for one in listings for name in {one.name, *one.names}]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("text", ["names: [a", "title: only a title", "- a list", ""])
def test_a_rubric_that_cannot_be_listed_is_the_assignments_error(
    text, tmp_path, monkeypatch
):
    (tmp_path / "a1").mkdir()
    (tmp_path / "a1" / "rubric.yaml").write_text(text)
    monkeypatch.setattr(assignments, "FOLDER", tmp_path)

    with pytest.raises(AssignmentError) as caught:
        list_assignments()

    assert caught.value.what.startswith("the rubric cannot be read: ")
    assert caught.value.where == str(tmp_path / "a1" / "rubric.yaml")
