from dataclasses import replace
from pathlib import Path

import pytest

from graders.assignments import read_listing
from graders.errors import AssignmentError
from graders.loading import calibrated_gates, load_assignment, rubric_limits
from graders.sandbox import Limits
from tests.stand_ins.every_assignment import ASSIGNMENTS
from tests.stand_ins.small_assignment import small_assignment

TITLE = "title: "


def test_a_provided_file_is_found_beside_the_script_and_from_the_courses_folder():
    assignment = ASSIGNMENTS["assignment4_finetuning"]
    folder = f"assignments/{assignment.listing.name}"

    provided = assignment.provided

    assert set(provided) == {
        "pretrained.py",
        "base.npz",
        f"{folder}/pretrained.py",
        f"{folder}/base.npz",
    }
    assert provided["base.npz"] == provided[f"{folder}/base.npz"]


def test_a_provided_file_that_is_missing_is_the_assignments_error(tmp_path):
    with pytest.raises(AssignmentError) as caught:
        small_assignment(
            tmp_path, ("rubric.yaml", TITLE, f"provides: [weights.npz]\n{TITLE}")
        )

    assert caught.value.what == (
        "a file that the rubric provides cannot be read: No such file or directory"
    )
    assert Path(caught.value.where).name == "weights.npz"
    assert caught.value.fix == "Put it there, or take it out of `provides`."


def test_checks_that_cannot_be_imported_are_the_assignments_error(tmp_path):
    assignment = small_assignment(tmp_path)

    with pytest.raises(AssignmentError) as caught:
        load_assignment(
            read_listing(assignment.listing.folder / "rubric.yaml"), "no.such.suite"
        )

    assert "no.such.suite" in f"{caught.value.what} {caught.value.where}"


def test_an_assignment_that_was_never_calibrated_has_gates_without_a_spread():
    assignment = ASSIGNMENTS["assignment4_finetuning"]

    gates = calibrated_gates(replace(assignment, calibration=None))

    assert {name: gate.spread for name, gate in gates.items()} == {
        "probe_accuracy": 0,
        "tuned_accuracy": 0,
    }


def test_a_calibrated_gate_knows_how_much_its_value_varies():
    assignment = ASSIGNMENTS["assignment4_finetuning"]

    gates = calibrated_gates(assignment)

    assert set(gates) == {"probe_accuracy", "tuned_accuracy"}
    for name, gate in gates.items():
        assert gate.bound == assignment.rubric.gates[name].bound
        assert gate.spread == assignment.calibration.gates[name].spread > 0


def test_limits_that_a_rubric_leaves_out_are_the_sandboxs_own(tmp_path):
    rubric = small_assignment(tmp_path).rubric
    named = rubric.limits.model_dump(exclude_none=True)

    limits = rubric_limits(rubric)

    assert named
    for name in Limits.__dataclass_fields__:
        assert getattr(limits, name) == named.get(name, getattr(Limits(), name))
