import pytest

from graders.records import Outcome
from graders.validation.killing import (
    Fate,
    Tally,
    case_of,
    generated_mutants,
    killed_without_value,
    kills_by_check,
    tally,
    tally_by_task,
)
from graders.validation.solutions import right_solutions
from graders.validation.trials import Trial
from tests.stand_ins.small_assignment import small_assignment
from tests.stand_ins.validations import case, mutant, passed, told, trial

RAISED = told(without_value=True)
BLOCKED = told("A9.2.more", outcome=Outcome.BLOCKED)


def fate_of(a_trial):
    return case_of(mutant(), case().solution, "reference.py", a_trial).fate


@pytest.mark.parametrize(
    ("a_trial", "fate"),
    [
        (trial(told()), Fate.KILLED),
        (trial(BLOCKED), Fate.KILLED),
        (trial(told(), told("A9.2.b", outcome=Outcome.BROKEN)), Fate.KILLED),
        (trial(), Fate.SURVIVED),
        (trial(told(outcome=Outcome.BROKEN)), Fate.UNDECIDED),
        (Trial(solution="m", seed=0, error="no worker"), Fate.UNDECIDED),
    ],
)
def test_a_mutant_is_killed_by_any_lost_point(a_trial, fate):
    assert fate_of(a_trial) is fate


@pytest.mark.parametrize(
    ("findings", "without_value"),
    [
        ([told()], False),
        ([RAISED], True),
        ([RAISED, told("A9.2.more")], False),
        ([RAISED, BLOCKED], True),
        ([RAISED, passed("A9.2.more")], True),
    ],
)
def test_a_mutant_may_be_killed_without_any_value_compared(findings, without_value):
    assert killed_without_value(case(Fate.KILLED, *findings)) is without_value


def test_a_survivor_is_not_killed_without_a_value():
    assert not killed_without_value(case(Fate.SURVIVED))


def test_fates_are_counted_and_the_share_leaves_out_what_is_equivalent():
    found = tally(
        [
            *(case(Fate.KILLED), case(Fate.KILLED, RAISED), case(Fate.KILLED)),
            *(case(Fate.SURVIVED), case(Fate.EQUIVALENT), case(Fate.UNDECIDED)),
        ]
    )

    assert found == Tally(
        killed=3, survived=1, equivalent=1, undecided=1, without_value=1
    )
    assert found.share == 0.75


def test_without_mutants_nothing_survives():
    assert tally([]).share == 1.0


def test_a_mutant_counts_for_every_task_of_its_function_and_tasks_are_in_order():
    found = tally_by_task(
        [
            case(Fate.KILLED, tasks=("A9.10",)),
            case(Fate.SURVIVED, tasks=("A9.2", "A9.10")),
        ]
    )

    assert [(task, one.killed, one.survived) for task, one in found.items()] == [
        ("A9.2", 0, 1),
        ("A9.10", 1, 1),
    ]


def test_kills_are_counted_per_check_and_those_that_it_alone_noticed():
    found = kills_by_check(
        [
            case(Fate.KILLED, told("A9.2.a"), told("A9.2.b"), passed("A9.2.c")),
            case(Fate.KILLED, told("A9.2.a"), BLOCKED),
        ]
    )

    assert found == {
        "A9.2.a": (2, 1),
        "A9.2.b": (1, 0),
        "A9.2.c": (0, 0),
        "A9.2.more": (0, 0),
    }


def test_an_equivalent_case_keeps_its_reason_and_who_says_so():
    found = case().equivalent("A factor cancels.", confirmed=True)

    assert (found.fate, found.reason, found.confirmed) == (
        Fate.EQUIVALENT,
        "A factor cancels.",
        True,
    )


def test_mutants_of_each_right_solution_are_sampled_and_counted(tmp_path):
    small = small_assignment(tmp_path)
    originals = right_solutions(small)

    every, all_drawn = generated_mutants(small, originals, 0)
    some, drawn = generated_mutants(small, originals, 3)

    assert every[0][1].tasks == (small.rubric.tasks[0].id,)
    assert list(drawn) == ["reference.py", "wheats/loops.py"]
    assert [one.sampled for one in drawn.values()] == [3, 3]
    assert [one.generated for one in drawn.values()] == [
        one.generated for one in all_drawn.values()
    ]
    assert len(every) == sum(one.generated for one in drawn.values())
    assert {made.id for made, _, _ in some} <= {made.id for made, _, _ in every}
    assert {original for _, _, original in some} == {"reference.py", "wheats/loops.py"}
