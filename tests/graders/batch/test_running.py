from contextlib import contextmanager
from dataclasses import replace

import pytest

from graders.batch import ResultFolder, grade_class, running
from graders.errors import ResultsNotWritten
from graders.intake import find_submissions
from graders.pipeline import open_sandbox
from graders.records import Outcome
from graders.sandbox import offered_walls

SYNTAX_ERROR = "def output_size(n:\n    return 1\n"
RUNS = "x = 1\n"


@pytest.fixture
def submitted(tmp_path):
    folder = tmp_path / "submitted"
    folder.mkdir()
    for student in ("student_b", "student_a"):
        (folder / f"{student}.py").write_text(SYNTAX_ERROR)
    return folder


@pytest.fixture
def results(tmp_path):
    return ResultFolder(tmp_path / "grades")


@pytest.fixture
def unstartable(assignment):
    """The assignment, with a package that no worker can import."""
    packages = ("no_package_of_this_name",)
    rubric = assignment.rubric.model_copy(update={"packages": packages})
    return replace(assignment, rubric=rubric)


def graded(submitted, assignment, results, **options):
    submissions = list(find_submissions(submitted, "cnn.py"))
    told = []
    outcome = grade_class(
        submissions, assignment, results, workers=2, progress=told.append, **options
    )
    return outcome, told


def test_everybody_is_graded_and_told_of(submitted, assignment, results):
    outcome, told = graded(submitted, assignment, results)

    assert [record.student for record in outcome.records] == ["student_a", "student_b"]
    assert (outcome.reused, outcome.undecided) == (0, ())
    assert sorted(told) == ["student_a", "student_b"]


def test_who_has_a_result_is_not_graded_again(submitted, assignment, results):
    first, _ = graded(submitted, assignment, results)

    second, told = graded(submitted, assignment, results)

    assert second.records == first.records
    assert second.reused == 2
    assert sorted(told) == ["student_a", "student_b"]


def test_a_submission_that_has_changed_is_graded_again(submitted, assignment, results):
    graded(submitted, assignment, results)
    (submitted / "student_a.py").write_text("")

    outcome, _ = graded(submitted, assignment, results)

    changed, same = outcome.records
    assert outcome.reused == 1
    assert changed.findings[0].what == "The file is empty."
    assert same.findings[0].what.startswith("Syntax error")


def test_a_result_of_weaker_walls_is_graded_again(submitted, assignment, results):
    weaker, stronger = offered_walls()[-1], offered_walls()[0]
    if stronger == weaker:
        pytest.skip("this machine offers no walls: `grade doctor` tells why")
    graded(submitted, assignment, results, walls=weaker)

    again, _ = graded(submitted, assignment, results, walls=stronger)
    kept, _ = graded(submitted, assignment, results, walls=weaker)

    assert again.reused == 0
    assert {record.tier for record in again.records} == {stronger.tier}
    assert {record.layers for record in again.records} == {stronger.layers}
    assert kept.reused == 2
    assert kept.records == again.records


def test_another_seed_is_another_grading(submitted, assignment, results):
    graded(submitted, assignment, results)

    outcome, _ = graded(submitted, assignment, results, seed=1)

    assert outcome.reused == 0
    assert {record.key.seed for record in outcome.records} == {1}


def test_a_failure_of_the_grader_is_nobodys_zero(submitted, unstartable, results):
    (submitted / "student_a.py").write_text(RUNS)

    outcome, told = graded(submitted, unstartable, results)

    assert outcome.undecided == ("student_a",)
    assert [record.student for record in outcome.records] == ["student_b"]
    assert sorted(told) == ["student_a", "student_b"]
    assert not results.student_folder("student_a").exists()
    rows = (results.folder / "scores.csv").read_text().splitlines()
    assert rows[-1].startswith("student_a,,")
    assert rows[-1].endswith(
        'broken,"not graded, through no fault of theirs; run it again"'
    )


def test_who_could_not_be_graded_is_tried_again(submitted, unstartable, results):
    (submitted / "student_a.py").write_text(RUNS)
    graded(submitted, unstartable, results)

    outcome, _ = graded(submitted, unstartable, results)

    assert outcome.reused == 1
    assert outcome.undecided == ("student_a",)


def test_a_result_that_cannot_be_written_ends_all_workers_at_once(
    submitted, assignment, results, monkeypatch
):
    ended = []

    @contextmanager
    def watched(*args, **options):
        try:
            with open_sandbox(*args, **options) as sandbox:
                yield sandbox
        finally:
            ended.append("sandbox")

    def full(record):
        raise ResultsNotWritten("the disk is full", "grades", "Free some space.")

    monkeypatch.setattr(running, "open_sandbox", watched)
    monkeypatch.setattr(results, "write", full)

    with pytest.raises(ResultsNotWritten) as raised:
        graded(submitted, assignment, results)

    # Its traceback still holds everything that was going on.
    assert raised.tb is not None
    assert len(ended) == 1


def test_a_submission_that_kills_its_worker_is_judged_and_not_undecided(
    submitted, assignment, results
):
    kills = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    (submitted / "student_a.py").write_text(kills)
    plain = replace(
        assignment, rubric=assignment.rubric.model_copy(update={"packages": ()})
    )

    outcome, _ = graded(submitted, plain, results)

    record = outcome.records[0]
    assert outcome.undecided == ()
    assert {finding.outcome for finding in record.findings} == {Outcome.FAILED}
    assert record.findings[0].what == (
        "Importing your file ended the Python process: it was ended by SIGKILL."
    )
