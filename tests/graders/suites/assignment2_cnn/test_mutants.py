"""Every catalogued mistake loses its own item, is named, and costs nothing else."""

import hashlib

import pytest

from graders.authoring.composing import compose
from graders.checks import load_suite
from graders.pipeline import grade
from graders.records import Outcome, Submission

CATALOGUE = load_suite("graders.suites.assignment2_cnn").catalogue
ARRAYS_AND_DATA = [f"A2.{number}" for number in range(1, 9)]
MODEL_AND_TRAINING = ["A2.9", "A2.10"]


def mutant_submission(misconception, assignment):
    folder = assignment.suite.folder
    reference = (folder / "reference.py").read_text("utf-8")
    mutant = (folder / "mutants" / misconception.mutant).read_text("utf-8")
    source = compose(reference, mutant)
    return Submission(
        student=misconception.id,
        filename="cnn.py",
        source=source,
        sha256=hashlib.sha256(source.encode()).hexdigest(),
    )


def assert_only_its_own_item_is_lost(record, misconception):
    lost = [item.id for item in record.score.items if item.points < item.max_points]
    failed = [f for f in record.findings if f.outcome is Outcome.FAILED]
    named = [f for f in failed if f.misconception == misconception.id]
    assert lost == [misconception.task], [(f.check, f.what) for f in failed]
    assert named, [(f.check, f.misconception, f.what) for f in failed]
    assert all(f.fix == misconception.hint.strip() for f in named)
    assert not record.score.broken


@pytest.mark.parametrize("misconception", CATALOGUE.values(), ids=lambda m: m.id)
def test_a_mutant_loses_its_own_item_and_is_named(misconception, assignment, sandbox):
    submission = mutant_submission(misconception, assignment)
    # The tasks of the other half run functions that the mutant left as they are;
    # the slow test below grades them all.
    near = misconception.task in ARRAYS_AND_DATA

    record = grade(
        submission,
        assignment,
        sandbox,
        tasks=ARRAYS_AND_DATA if near else MODEL_AND_TRAINING,
    )

    assert_only_its_own_item_is_lost(record, misconception)


@pytest.mark.slow
@pytest.mark.parametrize("misconception", CATALOGUE.values(), ids=lambda m: m.id)
def test_a_mutant_costs_nothing_in_any_other_task(misconception, assignment, sandbox):
    submission = mutant_submission(misconception, assignment)

    record = grade(submission, assignment, sandbox, seed=1)

    assert_only_its_own_item_is_lost(record, misconception)


def test_every_row_of_the_curriculum_has_a_misconception():
    rows = {misconception.row for misconception in CATALOGUE.values()}

    assert rows >= set(range(1, 18))


def test_mutant_files_and_catalogue_entries_pair_up(assignment):
    files = {path.name for path in (assignment.suite.folder / "mutants").glob("*.py")}

    assert files == {misconception.mutant for misconception in CATALOGUE.values()}


def test_no_two_misconceptions_have_the_same_hint():
    hints = [misconception.hint for misconception in CATALOGUE.values()]

    assert len(set(hints)) == len(hints)
