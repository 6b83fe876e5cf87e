from graders.validation.fairness import Problem
from graders.validation.validating import Plan
from graders.validation.wording import (
    counted,
    duration,
    effort,
    left_out,
    problem_rows,
    spreads,
)
from tests.stand_ins.validations import PLAN, gate_calibration, validation


def lost(seed, what="It loses points.", check="A9.2.a", solution="w.py"):
    return Problem(
        of="right solution", solution=solution, what=what, seed=seed, check=check
    )


def test_the_same_check_at_other_seeds_is_one_row():
    rows = problem_rows([lost(0), lost(1, "It loses more."), lost(1, check="A9.2.b")])

    assert [(row.solution, row.seeds, row.what) for row in rows] == [
        ("w.py", "0, 1", "It loses points."),
        ("w.py", "1", "It loses points."),
    ]


def test_problems_without_a_check_are_told_apart_by_their_sentence():
    one, other = (Problem(of="leak", solution="h.md", what=what) for what in "ab")

    rows = problem_rows([one, other])

    assert [(row.seeds, row.what) for row in rows] == [("", "a"), ("", "b")]


def test_figures_of_each_solution():
    right, loops = spreads(gate_calibration(), "right")
    (wrong,) = spreads(gate_calibration(), "wrong")

    assert (right.runs, right.lowest, right.highest) == (2, 0.95, 0.96)
    assert round(loops.median, 6) == 0.94
    assert wrong.solution == "mutants/no_bias.py"


def test_what_was_reused_is_told_only_if_something_was():
    assert effort(validation()) == "1,234 gradings in 1 min 15 s"
    assert effort(validation(reused=1200)).endswith(
        ", 1,200 of them from an earlier run"
    )


def test_what_was_left_out_is_named():
    plan = Plan(**{**PLAN, "catalogue": False, "generated": False})

    assert left_out(validation(plan=plan)) == ["the catalogue", "generated mutants"]


def test_numbers_and_times_are_words():
    assert (counted(1, "seed"), counted(2, "seed")) == ("1 seed", "2 seeds")
    assert (duration(59.9), duration(60), duration(3661)) == (
        "59.9 s",
        "1 min 0 s",
        "1 h 1 min",
    )
