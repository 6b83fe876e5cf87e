import os

import pytest

from graders.errors import UsageError
from graders.intake import find_submissions

SOURCE = "x = 1\n"


def hand_in(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(SOURCE)


def found(folder):
    return list(find_submissions(folder, "cnn.py"))


def refused(folder):
    with pytest.raises(UsageError) as caught:
        found(folder)
    return caught.value


def test_every_sub_folder_is_a_student(tmp_path):
    hand_in(tmp_path, "student_b/cnn.py", "student_a/cnn.py")

    submissions = found(tmp_path)

    assert [item.student for item in submissions] == ["student_a", "student_b"]
    assert [item.source for item in submissions] == [SOURCE, SOURCE]


def test_every_file_is_a_student_too(tmp_path):
    hand_in(tmp_path, "student_a.py", "student_b/cnn.py")

    submissions = found(tmp_path)

    assert [item.student for item in submissions] == ["student_a", "student_b"]
    assert submissions[0].filename == "student_a.py"


def test_the_only_python_file_counts_under_any_name(tmp_path):
    hand_in(tmp_path, "student_a/my_cnn.py", "student_a/notes.txt")

    (submission,) = found(tmp_path)

    assert (submission.filename, submission.problem) == ("my_cnn.py", None)


def test_the_file_that_was_asked_for_counts_among_others(tmp_path):
    hand_in(tmp_path, "student_a/cnn.py", "student_a/helpers.py")

    (submission,) = found(tmp_path)

    assert submission.filename == "cnn.py"


def test_a_file_deeper_inside_is_found(tmp_path):
    hand_in(tmp_path, "student_a/upload/week 5/cnn.py")

    (submission,) = found(tmp_path)

    assert submission.source == SOURCE


@pytest.mark.parametrize(
    ("names", "what"),
    [
        (
            ["one.py", "two/three.py"],
            "No Python file was handed in; there are several: one.py, two/three.py.",
        ),
        (
            ["a/cnn.py", "b/cnn.py"],
            "No Python file was handed in; there are several: a/cnn.py, b/cnn.py.",
        ),
        (
            ["notes.txt", "report.pdf"],
            "No Python file was handed in; found notes.txt, report.pdf.",
        ),
        (
            ["notes.txt"],
            "The file is called 'notes.txt'; its name does not end in .py.",
        ),
    ],
)
def test_a_folder_without_one_file_to_grade_says_what_it_holds(tmp_path, names, what):
    hand_in(tmp_path, *[f"student_a/{name}" for name in names])

    (submission,) = found(tmp_path)

    assert submission.problem.what == what


def test_an_empty_sub_folder_is_a_student_who_handed_nothing_in(tmp_path):
    (tmp_path / "student_a").mkdir()

    (submission,) = found(tmp_path)

    assert submission.problem.what == "No Python file was handed in; no file at all."


@pytest.mark.parametrize(
    "left_behind",
    [
        ".DS_Store",
        "__MACOSX/student_a/._cnn.py",
        "student_a/._my.py",
        "student_a/.ipynb_checkpoints/my-checkpoint.py",
        "student_a/__MACOSX/my.py",
        "student_a/__pycache__/my.py",
    ],
)
def test_what_systems_leave_behind_is_no_submission(tmp_path, left_behind):
    hand_in(tmp_path, "student_a/my.py", left_behind)

    (submission,) = found(tmp_path)

    assert (submission.student, submission.filename) == ("student_a", "my.py")
    assert submission.problem is None


def test_a_linked_folder_is_not_followed(tmp_path):
    hand_in(tmp_path, "elsewhere/cnn.py")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "student_a").symlink_to(tmp_path / "elsewhere")

    (submission,) = found(tmp_path / "class")

    assert submission.problem.what.startswith("The file cannot be read: ")


def test_a_linked_file_is_not_followed(tmp_path):
    hand_in(tmp_path, "elsewhere/cnn.py")
    (tmp_path / "class" / "student_a").mkdir(parents=True)
    (tmp_path / "class" / "student_a" / "cnn.py").symlink_to(
        tmp_path / "elsewhere" / "cnn.py"
    )

    (submission,) = found(tmp_path / "class")

    assert submission.problem.what.startswith("The file cannot be read: ")


@pytest.mark.parametrize("name", ["student_a.py", "student_a/cnn.py"])
def test_a_named_pipe_never_keeps_the_class_waiting(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)

    (submission,) = found(tmp_path)

    assert submission.student == "student_a"
    assert submission.problem is not None


def test_the_same_name_twice_is_refused(tmp_path):
    hand_in(tmp_path, "student_a.py", "student_a/cnn.py")

    error = refused(tmp_path)

    assert error.what == "two entries are called 'student_a'"
    assert error.fix == "Keep one entry per student."


def test_an_empty_folder_is_refused(tmp_path):
    hand_in(tmp_path, ".hidden")

    error = refused(tmp_path)

    assert error.what == "the folder is empty"
    assert error.where == str(tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "file.py"])
def test_what_is_no_folder_is_refused(tmp_path, name):
    hand_in(tmp_path, "file.py")

    error = refused(tmp_path / name)

    assert error.what == "this is not a folder that can be read"
    assert "one sub-folder or one .py file per student" in error.fix


def test_a_students_name_that_is_no_utf8_becomes_text_that_can_be_stored(tmp_path):
    hand_in(tmp_path, os.fsdecode(b"student_\xf6/cnn.py"))

    (submission,) = found(tmp_path)

    assert submission.student == "student_?"
    assert submission.source == SOURCE
