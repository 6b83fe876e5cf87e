import pytest

from graders.errors import AssignmentError
from graders.records import Outcome, Stage
from graders.rubric import ManualItem, StyleItem, award
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
        rubric, found(rubric, Outcome.PASSED, {"small_image": Outcome.FAILED})
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


def styled(*outcomes):
    return [
        finding(f"style.rule.{number}", outcome=outcome)
        for number, outcome in enumerate(outcomes, start=1)
    ]


@pytest.fixture
def counting(rubric):
    """A rubric of 100 points for tasks, and 5 for style."""
    style = StyleItem(stage=Stage.PROOF_OF_CONCEPT, points=5, per_finding=0.5)
    return rubric.model_copy(update={"style": style, "points": 105})


def test_without_style_in_the_rubric_there_is_no_item_for_it(rubric):
    without = rubric.model_copy(update={"style": None})

    score = award(without, found(rubric, Outcome.PASSED), styled(Outcome.FAILED))

    assert score.style is None


def test_style_that_was_not_looked_at_has_no_item(counting):
    score = award(counting, found(counting, Outcome.PASSED))

    assert score.style is None
    assert (score.points, score.max_points) == (100, 100)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_advisory_findings_never_change_the_score(rubric, outcome):
    checks = found(rubric, Outcome.PASSED, {"impulse": Outcome.FAILED})
    without = award(rubric, checks)

    score = award(rubric, checks, styled(outcome, outcome))

    assert (score.points, score.max_points) == (without.points, without.max_points)
    assert score.broken == without.broken
    assert score.counted == without.items
    assert score.advice is score.style


@pytest.mark.parametrize(
    ("found_of_style", "outcome"),
    [
        (Outcome.PASSED, Outcome.PASSED),
        (Outcome.FAILED, Outcome.PASSED),
        (Outcome.BLOCKED, Outcome.BLOCKED),
        (Outcome.BROKEN, Outcome.BROKEN),
    ],
)
def test_advice_is_nothing_that_is_left_to_do(rubric, found_of_style, outcome):
    score = award(rubric, found(rubric, Outcome.PASSED), styled(found_of_style))

    assert score.style.outcome is outcome
    assert score.style.title == "Style (advisory, no points)"


def test_a_file_without_fault_gets_all_points_for_style(counting):
    checks = found(counting, Outcome.PASSED)

    score = award(counting, checks, styled(Outcome.PASSED))

    assert (score.points, score.max_points) == (105, 105)
    assert score.style.outcome is Outcome.PASSED
    assert score.style.title == "Style of a proof of concept"
    assert score.counted[-1] is score.style
    assert score.advice is None


@pytest.mark.parametrize(("number", "points"), [(1, 4.5), (3, 3.5), (10, 0), (100, 0)])
def test_each_finding_costs_its_points_and_never_more_than_there_are(
    counting, number, points
):
    faults = styled(*[Outcome.FAILED] * number)

    score = award(counting, found(counting, Outcome.PASSED), faults)

    assert score.style.points == points
    assert score.points == 100 + points
    assert score.style.outcome is Outcome.FAILED


def test_a_file_in_which_nothing_works_gets_nothing_for_its_style(counting):
    checks = found(counting, Outcome.FAILED)

    score = award(counting, checks, styled(Outcome.PASSED))

    assert score.points == 0
    assert score.style.outcome is Outcome.BLOCKED


def test_each_task_that_earns_points_opens_an_equal_part_of_those_for_style(counting):
    checks = found(counting, Outcome.FAILED, {"sizes": Outcome.PASSED})

    clean = award(counting, checks, styled(Outcome.PASSED))
    faulty = award(counting, checks, styled(Outcome.FAILED))

    assert (clean.style.points, clean.style.outcome) == (0.5, Outcome.BLOCKED)
    assert (faulty.style.points, faulty.style.outcome) == (0, Outcome.FAILED)


def test_style_that_could_not_be_judged_costs_nothing_and_asks_for_a_person(counting):
    checks = found(counting, Outcome.PASSED)

    score = award(counting, checks, styled(Outcome.BROKEN))

    assert score.points == 105
    assert score.broken


def test_a_file_that_is_no_python_has_no_style(counting):
    checks = found(counting, Outcome.FAILED)

    score = award(counting, checks, styled(Outcome.BLOCKED))

    assert (score.style.points, score.style.outcome) == (0, Outcome.BLOCKED)


# --- bonus, and what a person grades --------------------------------------------------


@pytest.fixture
def with_bonus(counting):
    """The last task, of 10 points, comes on top; 5 points are for style."""
    *tasks, last = counting.tasks
    bonus = last.model_copy(update={"bonus": True})
    return counting.model_copy(update={"tasks": (*tasks, bonus), "points": 95})


def test_a_bonus_is_in_the_points_and_not_in_what_could_be_had(with_bonus):
    score = award(with_bonus, found(with_bonus, Outcome.PASSED))

    assert (score.points, score.max_points) == (100, 90)
    assert [item.id for item in score.items if item.bonus] == ["A2.10"]
    assert score.items[-1].max_points == 10


def test_who_leaves_a_bonus_out_loses_nothing_of_the_style(with_bonus):
    names = with_bonus.tasks[-1].checks
    checks = found(with_bonus, Outcome.PASSED, dict.fromkeys(names, Outcome.FAILED))

    score = award(with_bonus, checks, styled(Outcome.PASSED))

    assert (score.points, score.max_points) == (95, 95)
    assert score.style.outcome is Outcome.PASSED


def test_a_bonus_alone_opens_no_points_for_style(with_bonus):
    names = with_bonus.tasks[-1].checks
    checks = found(with_bonus, Outcome.FAILED, dict.fromkeys(names, Outcome.PASSED))

    score = award(with_bonus, checks, styled(Outcome.PASSED))

    assert score.style.points == 0


def test_what_a_person_grades_is_no_item_of_a_score(rubric):
    report = ManualItem(id="A2.M1", title="The report", points=20)
    with_report = rubric.model_copy(update={"manual": (report,), "points": 120})

    score = award(with_report, found(rubric, Outcome.PASSED))

    assert (score.points, score.max_points) == (100, 100)
