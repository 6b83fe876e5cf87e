from datetime import date

import pytest

from graders.rubric.calibration import FILE, read_calibration
from graders.rubric.reading import Gate
from graders.validation.calibrating import calibrate, rate, write_calibration
from tests.stand_ins.validations import (
    an_assignment,
    calibration,
    measured,
    passed,
    told,
    trial,
)

DAY = date(2026, 1, 2)
AT_LEAST = Gate(task="A9.10", of="The accuracy", at_least=0.8)
AT_MOST = Gate(task="A9.10", of="The loss", at_most=0.8)


def calibrated(right, wrong=(), gate=AT_LEAST):
    made = calibrate(an_assignment(accuracy=gate), right, wrong, seeds=2, today=DAY)
    return made.gates["accuracy"]


def failed_after_measuring(value, **parts):
    """A wrong solution that the gate, or another check of its task, noticed."""
    one = told("A9.10.values", measured=(("accuracy", value),))
    return trial(one, solution="m.py", **parts)


# --- rates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (0, 50, 0.0, 0.0713),
        (1, 100, 0.0018, 0.0545),
        (0, 0, 0.0, 1.0),
    ],
)
def test_a_rate_has_the_interval_of_wilson(count, of, low, high):
    found = rate(count, of)

    assert (found.count, found.of) == (count, of)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


# --- one threshold ------------------------------------------------------------------


def test_the_spread_is_the_largest_of_one_right_solution():
    found = calibrated(
        [
            *(measured(0.9, seed=0), measured(0.92, seed=1)),
            *(measured(0.5, solution="w.py"), measured(0.7, solution="w.py")),
        ]
    )

    assert found.spread == pytest.approx(0.1414)
    assert [sample.solution for sample in found.right] == ["reference.py", "w.py"]
    assert found.right[0].values == (0.9, 0.92)


def test_one_run_of_each_gives_no_spread():
    assert calibrated([measured(0.9), measured(0.8, solution="w.py")]).spread == 0.0


def test_only_the_first_value_of_a_trial_counts():
    pairs = (("accuracy", 0.81), ("accuracy", 0.2), ("another", 0.1))

    found = calibrated([trial(passed("A9.10.values", measured=pairs))])

    assert found.right[0].values == (0.81,)
    assert (found.false_fail.count, found.false_fail.of) == (0, 1)


@pytest.mark.parametrize(
    ("gate", "failing"), [(AT_LEAST, 1), (AT_MOST, 1)], ids=["at_least", "at_most"]
)
def test_right_runs_beyond_the_threshold_are_false_fails(gate, failing):
    runs = [measured(value) for value in (0.7, 0.8, 0.9)]

    found = calibrated(runs, gate=gate)

    assert (found.false_fail.count, found.false_fail.of) == (failing, 3)


def test_a_run_that_diverged_is_a_false_fail():
    for gate in (AT_LEAST, AT_MOST):
        assert calibrated([measured(float("nan"))], gate=gate).false_fail.count == 1


def test_wrong_runs_that_nothing_notices_are_false_passes():
    unnoticed = measured(0.9, solution="m.py")
    elsewhere = trial(
        told("A9.2.values"),
        passed("A9.10.values", measured=(("accuracy", 0.9),)),
        solution="n.py",
    )
    never_measured = trial(told("A9.10.values"), solution="o.py")

    found = calibrated(
        [], [unnoticed, failed_after_measuring(0.3), elsewhere, never_measured]
    )

    assert (found.false_pass.count, found.false_pass.of) == (2, 3)
    assert {sample.solution for sample in found.wrong} == {"m.py", "n.py"}


def test_nothing_measured_gives_rates_of_nothing():
    found = calibrated([trial()])

    assert (found.false_fail.of, found.false_pass.of) == (0, 0)
    assert found.right == ()


def test_what_another_task_measures_for_the_same_gate_is_left_out():
    elsewhere = trial(passed("A9.2.values", measured=(("accuracy", 0.1),)))

    assert calibrated([elsewhere, measured(0.9)]).right[0].values == (0.9,)


# --- the file -----------------------------------------------------------------------


def test_a_calibration_is_the_same_after_it_was_written_and_read(tmp_path):
    made = calibration()

    path = write_calibration(made, tmp_path)

    assert path == tmp_path / FILE
    assert read_calibration(tmp_path) == made
    assert path.read_text().startswith("# What each threshold does;")


def test_the_same_calibration_gives_the_same_bytes(tmp_path):
    first = write_calibration(calibration(), tmp_path).read_bytes()

    assert write_calibration(calibration(), tmp_path).read_bytes() == first


def test_dates_versions_and_seeds_are_stored(tmp_path):
    made = calibrate(an_assignment(), [], [], seeds=7, today=DAY)

    write_calibration(made, tmp_path)

    stored = read_calibration(tmp_path)
    assert (stored.date, stored.seeds) == ("2026-01-02", 7)
    assert {"python", "keras", "numpy"} <= stored.versions.keys()


def test_values_are_stored_with_four_digits():
    assert calibrated([measured(0.123456)]).right[0].values == (0.1235,)
