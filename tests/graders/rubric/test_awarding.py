import pytest

from graders.errors import AssignmentError
from graders.records import Outcome
from graders.rubric import award
from tests.stand_ins.records import finding


@pytest.fixture
def rubric(assignment):
    return assignment.rubric


def found(rubric, outcome, changed=None):
    """A finding for each check; `changed` has other outcomes for some."""
    return [
        finding(f"{task.id}.{name}", outcome=(changed or {}).get(name, outcome))
        for task in rubric.tasks
        for name in task.checks
    ]


def test_all_checks_passed_are_all_points(rubric):
    score = award(rubric, found(rubric, Outcome.PASSED))

    assert (score.points, score.max_points) == (100, 100)
    assert {item.outcome for item in score.items} == {Outcome.PASSED}


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.BLOCKED])
def test_checks_that_failed_or_did_not_run_earn_nothing(rubric, outcome):
    score = award(rubric, found(rubric, outcome))

    assert (score.points, score.max_points) == (0, 100)


def test_a_broken_check_costs_nothing_and_asks_for_a_person(rubric):
    score = award(rubric, found(rubric, Outcome.PASSED, {"impulse": Outcome.BROKEN}))

    assert score.points == 100
    assert score.broken
    assert score.items[1].outcome is Outcome.BROKEN


def test_a_failed_check_costs_its_own_points(rubric):
    score = award(
        rubric, found(rubric, Outcome.PASSED, {"uneven_strides": Outcome.FAILED})
    )

    assert score.points == 97
    assert [item.points for item in score.items][:2] == [8, 13]


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"sizes": Outcome.BLOCKED}, Outcome.BLOCKED),
        (
            {"sizes": Outcome.BLOCKED, "same_paddings": Outcome.FAILED},
            Outcome.FAILED,
        ),
        (
            {"sizes": Outcome.FAILED, "same_paddings": Outcome.BROKEN},
            Outcome.BROKEN,
        ),
    ],
)
def test_the_outcome_of_an_item_is_what_asks_for_attention_first(
    rubric, changed, outcome
):
    score = award(rubric, found(rubric, Outcome.PASSED, changed))

    assert score.items[0].outcome is outcome


def test_tasks_that_were_not_asked_for_are_left_out(rubric):
    score = award(rubric, [finding("A2.2.impulse", outcome=Outcome.PASSED)])

    assert [item.id for item in score.items] == ["A2.2"]
    assert (score.points, score.max_points) == (2, 2)


def test_a_check_without_points_is_the_assignments_error(rubric):
    with pytest.raises(AssignmentError) as caught:
        award(rubric, [finding("A2.2.new_check")])

    assert caught.value.what == (
        "the rubric gives no points for the check 'A2.2.new_check'"
    )
    assert caught.value.fix == "Add 'new_check' to the checks of its task."
