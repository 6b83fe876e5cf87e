import io

import pytest
from rich.console import Console

from graders.validation.fairness import Problem
from graders.validation.killing import Drawn, Fate
from graders.validation.terminal import MOST_PROBLEMS, print_validation
from graders.validation.validating import Plan
from tests.stand_ins.validations import (
    PLAN,
    calibration,
    case,
    gate_calibration,
    told,
    validation,
)


def printed(found, width=80):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_validation(found, console)
    return console.file.getvalue()


def problem(what="It loses points.", **parts):
    return Problem(**{"of": "right solution", "solution": "w.py", **parts}, what=what)


def full(**parts):
    cases = [
        *(case(Fate.KILLED), case(Fate.KILLED, told(without_value=True))),
        *(case(Fate.SURVIVED, tasks=("A9.10",)), case(Fate.EQUIVALENT)),
    ]
    return validation(*cases, drawn={"reference.py": Drawn(400, 4)}, **parts)


def words(text):
    return [" ".join(line.split()) for line in text.splitlines()]


def test_counts_mutants_thresholds_and_the_verdict_are_told():
    lines = words(printed(full()))

    assert (
        "right solutions 3 of 3 gradings with full marks (2 solutions, 2 seeds)"
        in lines
    )
    assert "stub 0 points" in lines
    assert "catalogue 1 of 1 lose points in their own task only" in lines
    assert "mutants 4 of 400 graded (--limit 3)" in lines
    assert "A9.2 1 1 0 1 0 100.0%" in lines
    assert "A9.10 0 0 1 0 0 0.0%" in lines
    assert "all 1 1 1 1 0 66.7%" in lines
    assert "accuracy 0.8 0.91 0/4, 0-49% 1/2, 9.4-91%" in lines
    assert lines[-2:] == [
        "assignment9 is accepted.",
        "1,234 gradings in 1 min 15 s.",
    ]


def test_everything_fits_a_narrow_terminal_and_one_screen():
    names = ("a_threshold_with_a_rather_long_name", "accuracy_on_new_digits", "loss")
    gates = {name: gate_calibration() for name in names}
    problems = tuple(problem("x " * 400, seed=n, check=f"{n}") for n in range(50))

    text = printed(full(calibration=calibration(**gates), problems=problems))

    assert max(map(len, text.splitlines())) <= 80
    assert len(text.splitlines()) <= 60


def test_what_was_not_looked_at_is_said_beside_the_verdict():
    plan = Plan(**{**PLAN, "catalogue": False, "generated": False})

    assert (
        "assignment9 is accepted. Not looked at: the catalogue and generated mutants."
        in printed(validation(plan=plan, catalogue=()))
    )


def test_all_mutants_graded_is_said_so():
    found = validation(case(Fate.KILLED), drawn={"reference.py": Drawn(1, 1)})

    assert "mutants all 1 graded" in words(printed(found))


def test_problems_are_told_with_their_seeds_and_the_rest_is_counted():
    many = [problem(check=f"A9.2.{n}", seed=n) for n in range(MOST_PROBLEMS + 2)]

    text = printed(validation(problems=tuple(many)))

    assert "right solution w.py, seed 0" in text
    assert "  It loses points." in text
    assert "... and 2 more, in the report." in text
    assert "assignment9 is not accepted: 8 problems." in text


def test_one_problem_is_singular():
    text = printed(validation(problems=(problem(),)))

    assert "is not accepted: 1 problem." in text


@pytest.mark.parametrize(
    "hostile", ["[bold]b[/bold]", "[/]", "[link=http://x]y[/link]"]
)
def test_text_cannot_be_markup(hostile):
    gates = {hostile: gate_calibration()}
    found = full(
        problems=(problem(hostile, of=hostile, solution=hostile),),
        calibration=calibration(**gates),
    )

    assert printed(found, width=300).count(hostile) == 4


def test_text_cannot_move_the_cursor():
    text = printed(validation(problems=(problem("a\x1b[2Jb\rc\u202ed"),)))

    assert "\x1b" not in text
    assert "\r" not in text
    assert "\u202e" not in text


def test_a_threshold_without_measurements_has_none():
    gate = gate_calibration(
        right=(),
        false_pass=gate_calibration().false_pass.model_copy(update={"of": 0}),
    )

    assert "accuracy 0.8 - 0/4, 0-49% none measured" in words(
        printed(validation(calibration=calibration(accuracy=gate)))
    )
