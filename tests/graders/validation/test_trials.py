from dataclasses import replace

import pytest

from graders.errors import WorkerUnavailable
from graders.records import (
    Answer,
    Ending,
    ItemScore,
    Observation,
    Outcome,
    Score,
)
from graders.rubric.reading import Gate
from graders.validation import trials
from graders.validation.solutions import Role, Solution
from graders.validation.trials import (
    LOAD,
    Trial,
    run_trial,
    still_holds,
    trial_key,
    trial_of,
)
from tests.stand_ins.records import bonus_record, finding, record
from tests.stand_ins.validations import (
    an_assignment,
    calibration,
    gate_calibration,
    passed,
    told,
    trial,
)

SOLUTION = Solution(name="reference.py", role=Role.RIGHT, source="x = 1\n")
GATE = Gate(task="A9.10", of="The accuracy", at_least=0.8)


@pytest.fixture(autouse=True)
def one_environment(monkeypatch):
    monkeypatch.setattr(trials, "environment", lambda: "Python 3, Keras 3")


def with_rubric(assignment, **changes):
    return replace(assignment, rubric=assignment.rubric.model_copy(update=changes))


def with_suite(assignment, **changes):
    return replace(assignment, suite=replace(assignment.suite, **changes))


# --- the key -------------------------------------------------------------------


def test_a_key_is_the_same_for_the_same_solution_under_another_name():
    renamed = replace(SOLUTION, name="copy.py", role=Role.GENERATED, task="A9.2")

    assert trial_key(SOLUTION, 0, an_assignment()) == trial_key(
        renamed, 0, an_assignment()
    )


def changed_limits(assignment):
    limits = assignment.rubric.limits.model_copy(update={"check_s": 2.0})
    return with_rubric(assignment, limits=limits)


def changed_task(**changes):
    def change(assignment):
        first, *rest = assignment.rubric.tasks
        return with_rubric(assignment, tasks=(first.model_copy(update=changes), *rest))

    return change


def changed_bound(assignment):
    gates = {"accuracy": GATE.model_copy(update={"at_least": 0.9})}
    return with_rubric(assignment, gates=gates)


@pytest.mark.parametrize(
    "change",
    [
        changed_limits,
        changed_bound,
        changed_task(check_s=9.0),
        changed_task(packages=("keras",)),
        lambda assignment: with_rubric(assignment, packages=("numpy",)),
        lambda assignment: with_suite(assignment, sha256="f" * 16),
        lambda assignment: with_suite(assignment, data_sha256=lambda: "f" * 16),
        lambda assignment: replace(assignment, provided={"table.npz": b"1"}),
    ],
)
def test_a_key_changes_with_what_a_finding_depends_on(change):
    assignment = an_assignment(accuracy=GATE)

    assert trial_key(SOLUTION, 0, change(assignment)) != trial_key(
        SOLUTION, 0, assignment
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda assignment: with_rubric(assignment, title="Another", names=("b",)),
        lambda assignment: with_rubric(assignment, version=2),
        changed_task(title="Another"),
        lambda assignment: replace(assignment, calibration=calibration()),
    ],
)
def test_a_key_does_not_change_with_titles_and_calibrations(change):
    assignment = an_assignment(accuracy=GATE)

    assert trial_key(SOLUTION, 0, change(assignment)) == trial_key(
        SOLUTION, 0, assignment
    )


def test_a_key_tells_which_provided_file_has_which_content():
    one, two = (
        replace(an_assignment(), provided=dict(zip(names, (b"1", b"2"), strict=True)))
        for names in (("a.npz", "b.npz"), ("b.npz", "a.npz"))
    )

    assert trial_key(SOLUTION, 0, one) != trial_key(SOLUTION, 0, two)


def test_a_key_changes_with_the_text_the_tasks_and_the_seed(monkeypatch):
    assignment = an_assignment()
    keys = {
        trial_key(SOLUTION, 0, assignment),
        trial_key(SOLUTION, 1, assignment),
        trial_key(replace(SOLUTION, source="x = 2\n"), 0, assignment),
        trial_key(replace(SOLUTION, tasks=("A9.2",)), 0, assignment),
    }
    monkeypatch.setattr(trials, "environment", lambda: "Python 4")
    keys.add(trial_key(SOLUTION, 0, assignment))

    assert len(keys) == 5


# --- whether a kept trial still holds ---------------------------------------------


def measured_values(*values):
    pairs = tuple(("accuracy", value) for value in values)
    return trial(passed("A9.10.values", measured=pairs))


def calibrated(spread):
    gates = {"accuracy": gate_calibration(spread=spread)}
    assignment = an_assignment(accuracy=GATE)
    return replace(assignment, calibration=calibration(**gates))


@pytest.mark.parametrize(
    ("values", "spread", "holds"),
    [
        ((0.95,), 0.01, True),
        ((0.81,), 0.0, True),  # not calibrated: the first run decides
        ((0.81,), 0.02, False),  # it would be measured again now
        ((0.95, 0.94), 0.01, False),  # the second would not be asked for now
        ((0.81, 0.81, 0.81, 0.81, 0.81), 0.02, True),
    ],
)
def test_a_trial_holds_if_the_gate_would_take_just_its_values(values, spread, holds):
    assert still_holds(measured_values(*values), calibrated(spread)) is holds


def test_a_trial_without_measurements_holds():
    assert still_holds(trial(), calibrated(0.01))


def test_a_gate_that_the_rubric_no_longer_has_is_left_out():
    assert still_holds(measured_values(0.81, 0.82), an_assignment())


# --- what is kept of a grading -----------------------------------------------------


def seen(check, ending=Ending.RETURNED):
    return Observation(
        group="public",
        room="student",
        check=check,
        question={"ask": "call"},
        answer=Answer(ending=ending),
    )


def kept(*observations):
    findings = (finding("A2.1.sizes"), finding("A2.1.paddings"))
    score = Score(
        items=(
            ItemScore(
                id="A2.1",
                title="",
                points=0.0,
                max_points=8.0,
                outcome=Outcome.FAILED,
                findings=findings,
            ),
        )
    )
    made = record(observations=observations, findings=findings, score=score)
    return trial_of(made, "wheats/loops.py", 3)


def test_points_findings_and_seconds_are_kept():
    found = kept()

    assert (found.solution, found.seed, found.seconds) == ("wheats/loops.py", 3, 1.5)
    assert (found.points, found.max_points) == (0.0, 8.0)
    assert [one.check for one in found.lost] == ["A2.1.sizes", "A2.1.paddings"]
    assert found.findings[0].where == "cnn.py:12"


def test_a_trial_is_whole_only_with_every_bonus():
    found = trial_of(bonus_record(), "wheats/loops.py", 3)

    assert (found.points, found.max_points) == (10, 11)
    assert not found.whole


def test_a_check_whose_last_question_gave_no_value_compared_nothing():
    found = kept(
        seen("A2.1.sizes"),
        seen("A2.1.sizes", Ending.RAISED),
        seen("A2.1.paddings", Ending.TIMED_OUT),
        seen("A2.1.paddings"),
    )

    assert [one.without_value for one in found.findings] == [True, False]


def test_a_file_that_cannot_be_imported_gives_no_value_to_any_check():
    found = kept(seen(LOAD, Ending.RAISED))

    assert all(one.without_value for one in found.findings)


def test_a_trial_is_the_same_after_it_was_written_and_read():
    whole = measured_values(0.123456789, float("inf"))

    assert Trial.model_validate_json(whole.model_dump_json()) == whole


def test_lost_broken_and_passed_are_told_apart():
    found = trial(
        told(outcome=Outcome.BLOCKED),
        told("A9.10.a", outcome=Outcome.BROKEN),
        passed("A9.10.b"),
        told("A9.10.c"),
    )

    assert [one.check for one in found.lost] == ["A9.2.values", "A9.10.c"]
    assert found.lost_tasks == ["A9.2", "A9.10"]
    assert [one.check for one in found.broken] == ["A9.10.a"]


def test_a_trial_that_was_not_graded_is_not_whole():
    assert trial().whole
    assert not trial(points=9.5).whole
    assert not Trial(solution="reference.py", seed=0, error="no worker").whole


def test_a_failure_of_the_grader_becomes_part_of_the_trial(monkeypatch):
    def fails(*arguments, **options):
        raise WorkerUnavailable("no worker starts", "sandbox", "Try again.")

    monkeypatch.setattr(trials, "grade", fails)

    found = run_trial(SOLUTION, 4, an_assignment(), None)

    assert (found.solution, found.seed) == ("reference.py", 4)
    assert "no worker starts" in found.error
