"""A1.1 to A1.7 are graded without TensorFlow, on both sides of the wire."""

import subprocess
import sys

import pytest

from graders.assignments import find_assignment
from graders.loading import load_assignment
from graders.pipeline import grade
from graders.records import Outcome, Submission

ASSIGNMENT = load_assignment(find_assignment("assignment1"))
LIGHT = [f"A1.{number}" for number in range(1, 8)]


def test_their_groups_need_no_packages():
    for group, checks in ASSIGNMENT.suite.groups.items():
        packages = ASSIGNMENT.rubric.packages_of({check.task for check in checks})
        assert packages == (("tensorflow", "keras") if "keras" in group else ())


def test_no_module_of_the_suite_imports_tensorflow():
    code = (
        "import sys; from graders.checks import load_suite;"
        " load_suite('graders.suites.assignment1_tokenization');"
        " import graders.suites.assignment1_tokenization.reference;"
        " sys.exit(bool({'tensorflow', 'keras'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)

    assert done.returncode == 0


RAISES = """
    if np.any(np.asarray(ids) < 0) or np.any(np.asarray(ids) >= depth):
        {}
    return np.eye(depth, dtype=np.float32)[ids]
"""


@pytest.mark.parametrize(
    ("ending", "passes"),
    [
        ("raise IndexError", True),
        ("raise ValueError('an id')", True),
        ("raise NotImplementedError", False),
        ("import os; os._exit(1)", False),
        ("return None", False),
    ],
)
def test_an_id_out_of_range_has_to_raise(ending, passes, sandbox, reference_text):
    start = reference_text.index("    # BEGIN SOLUTION A1.7")
    end = reference_text.index("    # END SOLUTION", start)
    source = reference_text[:start] + RAISES.format(ending) + reference_text[end:]

    record = grade(submitted(source), ASSIGNMENT, sandbox, tasks=["A1.7"])

    found = {finding.check: finding.outcome for finding in record.findings}
    assert (found["A1.7.ids_out_of_range"] is Outcome.PASSED) is passes
    assert not record.score.broken


@pytest.fixture(scope="module")
def reference_text() -> str:
    return (ASSIGNMENT.suite.folder / "reference.py").read_text("utf-8")


def submitted(source: str):
    return Submission(
        student="s", filename="tokenization.py", source=source, sha256="0" * 64
    )


def test_a_file_that_imports_keras_at_the_top_is_graded_all_the_same(
    sandbox, reference_text
):
    source = reference_text.replace("import string\n", "import string\nimport keras\n")

    record = grade(submitted(source), ASSIGNMENT, sandbox, tasks=LIGHT)

    assert record.score.points == record.score.max_points == 84
