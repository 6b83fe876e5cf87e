import math

import pytest

from graders.checks import Verdict
from graders.checks.gate import MAX_RUNS, BoundGate, Gate, Gates
from graders.records import Finding, Outcome


def decided(values, *, spread, at_least=True, seed=0):
    """The finding of a gate at 0.8 that measures these values, and the seeds."""
    gate = Gate(of="The accuracy", bound=0.8, at_least=at_least, spread=spread)
    told, seeds = [], []
    left = iter(values)

    def measure(seed):
        seeds.append(seed)
        return next(left)

    return BoundGate(gate, seed, told.append).decide(measure, fix="Train."), seeds, told


def test_a_value_far_above_the_threshold_decides_in_one_run():
    finding, seeds, told = decided([0.95], spread=0.02, seed=7)

    assert finding.outcome is Outcome.PASSED
    assert (seeds, told) == ([7], [0.95])


def test_a_value_far_below_it_fails_in_one_run_and_says_both_numbers():
    finding, seeds, _ = decided([0.5], spread=0.02)

    assert finding.outcome is Outcome.FAILED
    assert finding.what == "The accuracy is 0.5; at least 0.8 is needed."
    assert finding.fix == "Train."
    assert len(seeds) == 1


def test_near_the_threshold_it_is_measured_again_with_other_seeds():
    finding, seeds, told = decided([0.79, 0.95, 0.95], spread=0.05, seed=3)

    assert finding.outcome is Outcome.PASSED
    assert seeds == [3, 1_003, 2_003]
    assert told == [0.79, 0.95, 0.95]


def test_a_mean_that_fails_says_how_many_runs_it_is_of():
    finding, _, _ = decided([0.79, 0.7, 0.68], spread=0.04)

    assert finding.what == (
        "The accuracy is 0.723 (mean of 3 runs); at least 0.8 is needed."
    )


def test_what_stays_too_near_is_for_a_person_and_costs_nothing():
    finding, seeds, _ = decided([0.8] * MAX_RUNS, spread=0.05)

    assert finding.outcome is Outcome.BROKEN
    assert finding.what == (
        "The accuracy is 0.8 (mean of 5 runs), too near to 0.8 to be decided. It costs"
        " no points; a person will look at it."
    )
    assert len(seeds) == MAX_RUNS


def test_without_a_calibration_the_first_run_decides():
    finding, seeds, _ = decided([0.7999], spread=0.0)

    assert finding.outcome is Outcome.FAILED
    assert len(seeds) == 1


def test_a_threshold_can_point_the_other_way():
    low, _, _ = decided([0.5], spread=0.02, at_least=False)
    high, _, _ = decided([0.95], spread=0.02, at_least=False)

    assert low.outcome is Outcome.PASSED
    assert high.what == "The accuracy is 0.95; at most 0.8 is needed."


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_measured_again(value):
    _, seeds, _ = decided([value], spread=0.05)

    assert len(seeds) == 1


def test_not_a_number_fails_in_both_directions():
    least, _, _ = decided([math.nan], spread=0.05)
    most, _, _ = decided([math.nan], spread=0.05, at_least=False)

    assert least.outcome is most.outcome is Outcome.FAILED


def test_what_a_check_measured_is_kept_with_its_finding_and_not_with_the_next():
    gates = Gates({"digits": Gate(of="It", bound=0.5, at_least=True)}, 0, lambda: None)
    first = gates["digits"].decide(lambda seed: 0.75)

    assert gates.on(first).measured == (("digits", 0.75),)
    assert gates.on(Finding(outcome=Outcome.PASSED)).measured == ()


def test_a_run_that_ends_early_after_one_that_did_not_decides_nothing():
    gate = Gate(of="The accuracy", bound=0.8, at_least=True, spread=0.05)
    renewed = []

    def measure(seed):
        if seed:
            raise Verdict(Finding(outcome=Outcome.FAILED, what="It took too long."))
        return 0.79

    bound = BoundGate(gate, 0, lambda value: None, lambda: renewed.append(1))

    assert bound.decide(measure).outcome is Outcome.BROKEN
    assert renewed == [1], "each repetition has time of its own"


def test_what_the_first_run_found_wrong_ends_the_check():
    gate = Gate(of="The accuracy", bound=0.8, at_least=True, spread=0.05)

    def measure(seed):
        raise Verdict(Finding(outcome=Outcome.FAILED, what="It is no model."))

    with pytest.raises(Verdict):
        BoundGate(gate, 0, lambda value: None).decide(measure)
