"""The exercise as an assignment, and a class that has handed it in."""

from pathlib import Path

from graders.assignments import read_listing
from graders.loading import Assignment, load_assignment

FOLDER = Path(__file__).resolve().parent
STUDENT_FILE = FOLDER / "student.py"


def load_exercise() -> Assignment:
    listing = read_listing(FOLDER / "rubric.yaml")
    return load_assignment(listing, suite="benchmarks.exercise")


def write_class(folder: Path, num_students: int, file: Path = STUDENT_FILE) -> Path:
    """`folder/s01/cnn.py` and so on: one program, and a comment that tells them apart.

    No two files are equal, so that no system can reuse a result.
    """
    source = file.read_text("utf-8")
    for number in range(1, num_students + 1):
        student = folder / f"s{number:02d}"
        student.mkdir(parents=True)
        text = f"{source}\n\n# Handed in by student {number}.\n"
        (student / "cnn.py").write_text(text, "utf-8")
    return folder
