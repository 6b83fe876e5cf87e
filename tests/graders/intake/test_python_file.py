import hashlib
import os

import pytest

from graders.intake import read_submission
from graders.intake.python_file import MAX_BYTES, no_file, readable
from graders.records import Outcome


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cnn.py"


def problem_of(path):
    submission = read_submission(path, "student_a")
    assert submission.source == ""
    assert submission.problem.outcome is Outcome.FAILED
    return submission.problem


def test_a_file_is_read_as_it_was_handed_in(path):
    path.write_bytes(b"x = 'gr\xc3\xb6\xc3\x9fer'\r\n")

    submission = read_submission(path, "student_a")

    assert submission.problem is None
    assert submission.source == "x = 'größer'\r\n"
    assert (submission.student, submission.filename) == ("student_a", "cnn.py")
    assert submission.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("raw", "source"),
    [
        (b"\xef\xbb\xbfx = 1\n", "x = 1\n"),
        (b"# coding: latin-1\nx = '\xf6'\n", "# coding: latin-1\nx = 'ö'\n"),
    ],
)
def test_a_mark_or_a_declared_encoding_is_understood(path, raw, source):
    path.write_bytes(raw)

    submission = read_submission(path, "student_a")

    assert submission.source == source


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"", "The file is empty."),
        (b" \n\t\n", "The file is empty."),
        (b"%PDF-1.4", "The file is a PDF document, not Python."),
        (b"PK\x03\x04", "The file is a zip archive (or a Word file), not Python."),
        (b"\x7fELF", "The file is a compiled program, not Python."),
        (b"\x89PNG", "The file is a picture, not Python."),
        (b"\x1f\x8b", "The file is a compressed archive, not Python."),
        (
            b'\n{"cells": []}',
            "The file is a Jupyter notebook; only .py files can be graded.",
        ),
        (
            b"x = 1\ny = '\xf6'\n",
            "The file is not UTF-8 text: line 2 has the byte 0xf6.",
        ),
        (
            b"# coding: unicode_escape\nx = '\\ud800'\n",
            "The file is not UTF-8 text: 'utf-8' codec can't encode character"
            " '\\ud800' in position 30: surrogates not allowed.",
        ),
        (b"# coding: none\n", "The file is not UTF-8 text: unknown encoding: none."),
        (b"\xff\xfex\0", "The file is UTF-16 text, which Python cannot read."),
        (b"x = 1\0", "The file holds null bytes, so it is not text."),
        (b"#" * (MAX_BYTES + 1), "The file is larger than 1024 KiB."),
    ],
)
def test_what_cannot_be_run_says_why(path, raw, what):
    path.write_bytes(raw)

    problem = problem_of(path)

    assert problem.what == what
    assert problem.where == "cnn.py"
    assert problem.fix


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("cnn.txt", "The file is called 'cnn.txt'; its name does not end in .py."),
        ("cnn", "The file is called 'cnn'; its name does not end in .py."),
        ("cnn.ipynb", "The file is a Jupyter notebook; only .py files can be graded."),
    ],
)
def test_a_file_of_another_name_is_refused(tmp_path, name, what):
    (tmp_path / name).write_text("x = 1\n")

    problem = problem_of(tmp_path / name)

    assert problem.what == what


def test_a_file_that_is_not_there_cannot_be_read(path):
    problem = problem_of(path)

    assert problem.what == "The file cannot be read: No such file or directory."


def test_a_link_is_refused_whatever_it_leads_to(tmp_path, path):
    (tmp_path / "other.py").write_text("x = 1\n")
    path.symlink_to(tmp_path / "other.py")

    problem = problem_of(path)

    assert problem.what.startswith("The file cannot be read: ")


def test_a_named_pipe_is_refused_without_waiting_for_its_other_end(path):
    os.mkfifo(path)

    problem = problem_of(path)

    assert problem.what == "The file cannot be read: it is not a regular file."


def test_a_folder_in_place_of_the_file_is_refused(path):
    path.mkdir()

    problem = problem_of(path)

    assert problem.what.startswith("The file cannot be read: ")


def test_a_name_that_is_no_utf8_becomes_text_that_can_be_stored(tmp_path):
    path = tmp_path / os.fsdecode(b"cnn\xf6.py")
    path.write_text("x = 1\n")

    submission = read_submission(path, "student_a")

    assert submission.filename == "cnn?.py"
    assert submission.filename.encode() == b"cnn?.py"


def test_text_that_can_be_stored_stays_as_it_is():
    assert readable("größer.py") == "größer.py"


def test_a_student_without_a_file_gets_a_submission_that_says_so():
    submission = no_file("student_a", "cnn.py", "found notes.txt")

    assert submission.problem.what == ("No Python file was handed in; found notes.txt.")
    assert submission.problem.fix == "Hand in cnn.py."
