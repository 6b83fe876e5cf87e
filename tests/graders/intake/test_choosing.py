"""Which of a student's files counts."""

import pytest

from graders.intake.choosing import Attempts, choose
from graders.intake.handed import HandedFile
from graders.intake.sources import Entry


def file(name, attempt="", upload=None, by_platform=""):
    return HandedFile(
        entry=Entry(path=name, size=1),
        name=name,
        attempt=attempt,
        upload=upload,
        by_platform=by_platform,
    )


def chosen(*files, expected="cnn.py", **options):
    choice = choose(files, expected, **options)
    everything = [*choice.older, *choice.beside]
    everything += [choice.chosen] if choice.chosen else []
    assert sorted(map(id, everything)) == sorted(map(id, files)), "each in one place"
    return choice.chosen and choice.chosen.name


@pytest.mark.parametrize(
    ("names", "counts"),
    [
        (["cnn.py", "helpers.py"], "cnn.py"),
        (["cnn-2.py", "helpers.py"], "cnn-2.py"),
        (["cnn.py", "cnn-1.py"], "cnn.py"),
        (["src/cnn.py", "report.pdf"], "src/cnn.py"),
        (["my.py", "data.csv"], "my.py"),
        (["a.zip", "report.pdf"], "a.zip"),
        (["a.ipynb", "report.pdf"], "a.ipynb"),
        (["report.pdf"], "report.pdf"),
        (["cnn-1.py", "cnn-2.py"], None),
        (["a/cnn.py", "b/cnn.py"], None),
        (["a.py", "b.py"], None),
        (["a.pdf", "b.pdf"], None),
        ([], None),
    ],
)
def test_the_file_asked_for_then_a_renamed_one_then_the_only_one(names, counts):
    assert chosen(*map(file, names)) == counts


def test_of_numbered_uploads_the_highest_of_the_name_asked_for_counts():
    files = (
        file("cnn.py", upload=12),
        file("cnn-1.py", upload=7),
        file("helpers.py", upload=90),
    )

    assert chosen(*files) == "cnn.py"
    assert chosen(*files, attempts=Attempts.FIRST) == "cnn-1.py"


def test_a_name_that_was_asked_for_with_a_number_keeps_it():
    files = (file("lab-1.py", upload=1), file("lab-2.py", upload=2))

    assert chosen(*files, expected="lab-1.py") == "lab-1.py"


def test_nothing_of_another_attempt_counts():
    files = (
        file("cnn.py", attempt="1"),
        file("notes.txt", attempt="2"),
        file("x.txt", attempt="2", by_platform="a note"),
    )

    assert chosen(*files) == "notes.txt"
    assert chosen(*files, attempts=Attempts.FIRST) == "cnn.py"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ([], "no file at all"),
        ([file("t.html", by_platform="a text entry")], "found a text entry"),
        ([file("b.py"), file("a.py")], "there are several: a.py, b.py"),
        (
            [file(f"{n}.txt") for n in range(7)],
            "found 0.txt, 1.txt, 2.txt, 3.txt, 4.txt, ...",
        ),
    ],
)
def test_why_nothing_counts_is_said(files, found):
    assert choose(files, "cnn.py").found == found
