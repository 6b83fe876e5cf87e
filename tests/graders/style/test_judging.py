import pytest

from graders.records import Finding, Outcome, Stage
from graders.style import judge_style, unreadable_style
from graders.style.judging import MOST_FINDINGS


def judged(source, given="", stage=Stage.PROOF_OF_CONCEPT):
    return judge_style(source, stage, filename="cnn.py", given=given)


def test_an_unused_import_is_told_with_its_line_and_why():
    (finding,) = judged("x = 1\nimport os\n")

    assert finding == Finding(
        outcome=Outcome.FAILED,
        check="style.unused_import.1",
        task="style",
        title="An unused import",
        what="`os` is imported and never used.",
        where="cnn.py:2",
        fix="Delete the import.",
        detail="Whoever reads the file looks for its use in vain, and must have it"
        " installed.",
    )


def test_findings_are_in_the_order_of_the_lines_and_numbered_by_rule():
    findings = judged("import sys\nx = y\nimport os\n")

    assert [(finding.check, finding.where) for finding in findings] == [
        ("style.unused_import.1", "cnn.py:1"),
        ("style.undefined_name.1", "cnn.py:2"),
        ("style.unused_import.2", "cnn.py:3"),
    ]


def test_a_file_without_fault_has_one_finding_that_passed(reference):
    (finding,) = judged(reference)

    assert (finding.outcome, finding.check) == (Outcome.PASSED, "style.file")
    assert finding.what == ""


def test_what_students_were_given_is_not_their_fault():
    given = "import keras\n\ndef f():\n    raise NotImplementedError\n"

    (finding,) = judged(given)
    (own,) = judged(given, given=given)

    assert finding.what == "`keras` is imported and never used."
    assert own.outcome is Outcome.PASSED


def test_what_students_add_to_what_they_were_given_is_their_own():
    given = "import keras\n"

    findings = judged("import os\nimport keras\nimport numpy\n", given=given)

    assert [finding.where for finding in findings] == ["cnn.py:1", "cnn.py:3"]


def test_a_given_line_that_students_make_a_fault_of_is_their_own():
    given = "def f():\n    return 1\n"

    (finding,) = judged(given * 2, given=given)

    assert finding.what == "`f` is defined again before the first definition was used."


def test_the_shipped_stub_has_nothing_of_its_own(assignment):
    stub = (assignment.listing.folder / assignment.listing.file).read_text("utf-8")

    (finding,) = judged(stub, given=stub)

    assert finding.outcome is Outcome.PASSED


@pytest.mark.parametrize("mark", ["# noqa", "# noqa: F401", "# ruff: noqa: F401"])
def test_noqa_does_not_hide_a_finding(mark):
    (finding,) = judged(f"import os  {mark}\n")

    assert finding.what == "`os` is imported and never used."


def test_a_long_name_is_cut():
    (finding,) = judged("import " + "a" * 5000)

    assert len(finding.what) < 120
    assert "aaa...`" in finding.what


def test_no_name_is_taken_for_a_place_to_fill_in():
    (finding,) = judged("def f():\n    return [lambda: name for name in range(3)]\n")

    assert finding.fix == "Hand the value in as a default: `lambda x, name=name: ...`."


def test_more_findings_than_anybody_reads_are_not_kept():
    assert len(judged("import os\n" + "y\n" * 500)) == MOST_FINDINGS


def test_ruff_that_is_missing_is_our_fault_and_is_told(monkeypatch):
    monkeypatch.setattr("ruff.__main__.find_ruff_bin", lambda: "/no/such/ruff")

    (finding,) = judged("import os\n")

    assert finding.outcome is Outcome.BROKEN
    assert finding.what == (
        "The style of your file could not be judged; the fault is the grader's and"
        " costs no points."
    )
    assert "No such file or directory" in finding.detail


def test_ruff_that_ends_over_a_file_is_our_fault():
    (finding,) = judged("x = " + "-" * 200_000 + "1")

    assert finding.outcome is Outcome.BROKEN
    assert finding.detail == "The reason: ruff ended with status -6."


def test_a_file_that_is_no_python_is_not_looked_at():
    (finding,) = unreadable_style()

    assert finding.outcome is Outcome.BLOCKED
    assert finding.what == "Not run, because your file cannot be read as Python."
