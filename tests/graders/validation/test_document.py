import json

from graders.rubric.calibration import Sample
from graders.validation.document import render_json
from graders.validation.fairness import Problem
from graders.validation.killing import Fate
from tests.stand_ins.validations import (
    calibration,
    case,
    gate_calibration,
    told,
    validation,
)


def document(found):
    """Read back by a parser that takes no NaN."""
    return json.loads(render_json(found), parse_constant=_refuse)


def _refuse(name):
    raise AssertionError(f"{name} is not JSON")


def test_the_document_has_these_keys():
    found = document(validation(case()))

    assert list(found) == [
        *("assignment", "accepted", "effort", "problems", "right_solutions", "stub"),
        *("catalogue", "generated", "thresholds"),
    ]
    assert list(found["generated"]) == [
        *("killed", "survived", "equivalent", "undecided", "without_value", "share"),
        *("by_solution", "by_task", "by_check", "survivors", "equivalents"),
    ]


def test_counts_and_problems_are_plain_values():
    problem = Problem(of="stub", solution="small.py", what="It gets 1 points.")

    found = document(validation(problems=(problem,), reused=34))

    assert found["assignment"] == "assignment9_small"
    assert found["accepted"] is False
    assert found["effort"] == {"gradings": 1234, "reused": 34, "seconds": 75.2}
    assert found["problems"] == [
        {
            **{"of": "stub", "solution": "small.py", "what": "It gets 1 points."},
            **{"seed": None, "check": ""},
        }
    ]
    assert found["right_solutions"] == {
        **{"solutions": 2, "seeds": 2, "gradings": 3, "whole": 3}
    }
    assert found["catalogue"] == [
        {
            **{"misconception": "no_bias", "task": "A9.10", "lost": ["A9.10"]},
            "named_in": ["A9.10.values"],
        }
    ]


def test_every_survivor_and_every_equivalent_is_there_with_its_diff():
    cases = [
        *(case(number=1), case(number=2), case(Fate.KILLED, number=3)),
        *(case(Fate.EQUIVALENT, number=4, reason="It cancels.", confirmed=True),),
        case(Fate.KILLED, told(without_value=True), number=5),
    ]

    found = document(validation(*cases))["generated"]

    assert [one["id"] for one in found["survivors"]] == [
        cases[0].mutant.id,
        cases[1].mutant.id,
    ]
    assert found["survivors"][0]["diff"] == cases[0].mutant.diff
    (equivalent,) = found["equivalents"]
    assert (equivalent["reason"], equivalent["confirmed"]) == ("It cancels.", True)
    assert (found["killed"], found["without_value"], found["share"]) == (2, 1, 0.5)
    assert found["by_solution"]["reference.py"] == {"generated": 40, "sampled": 5}


def test_thresholds_are_there_as_they_are_stored():
    found = document(validation())["thresholds"]

    assert (found["schema"], found["date"]) == (1, "2026-01-02")
    assert found["gates"]["accuracy"]["bound"] == 0.8


def test_a_value_that_diverged_is_null():
    diverged = gate_calibration(
        wrong=(Sample(solution="m.py", values=(float("nan"), 0.5)),)
    )

    found = document(validation(calibration=calibration(accuracy=diverged)))

    (wrong,) = found["thresholds"]["gates"]["accuracy"]["wrong"]
    assert wrong["values"] == [None, 0.5]


def test_without_a_calibration_there_are_no_thresholds():
    assert document(validation(calibration=None))["thresholds"] is None
