import numpy as np
import pytest

from graders.checks import close
from graders.checks.matchers.patterns import error_band, pattern, relative_error

WANT = np.random.default_rng(0).normal(size=(4, 4, 3))
AXES = ["N", "T", "D"]


def told(got, want=WANT, axes=AXES):
    wrong = ~np.isclose(got, want, rtol=1e-4, atol=1e-5)
    assert wrong.any()
    return pattern(got, want, wrong, axes=axes, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(
    ("got", "sentence"),
    [
        (0 * WANT, "Every value is 0."),
        (0 * WANT + 0.7, "Every value is the same."),
        (-WANT, "Each has the wrong sign."),
        (WANT + 3, "Each is off by the same amount."),
        (32 * WANT, "Each is 32 times the right one."),
        (-2 * WANT, "Each is -2 times the right one."),
        (WANT / 16, "Each is 1/16 of the right one."),
        (WANT * 0.4142, "Each is 0.41 times the right one."),
        (
            WANT.swapaxes(0, 1),
            "The values are right, but the axes N and T are swapped.",
        ),
        (
            WANT.swapaxes(1, 2).reshape(WANT.shape),
            "The values are right, but the axes T and D are swapped.",
        ),
        (WANT[:, ::-1], "The values are right, but in reverse order along T."),
        (np.roll(WANT, 1, axis=1), "Along T, the values come one place too late."),
        (np.roll(WANT, -1, axis=2), "Along D, the values come one place too early."),
        (
            WANT[[2, 0, 3, 1]],
            "The values are right, but in another order along N.",
        ),
        (WANT[[2, 0, 3, 3]], ""),
        (WANT**2, ""),
        (WANT * np.linspace(1, 2, 3), ""),
    ],
)
def test_a_pattern_is_told_where_it_holds_everywhere(got, sentence):
    assert told(got) == sentence


def test_values_shifted_into_zeros_are_told_as_well():
    got = np.zeros_like(WANT)
    got[:, 1:] = WANT[:, :-1]

    assert told(got) == "Along T, the values come one place too late."


def test_a_wrong_first_step_before_equal_ones_is_no_shift():
    want = np.ones((2, 5))
    got = want.copy()
    got[:, 0] = 7

    assert told(got, want, ["N", "T"]) == ""


def test_axes_without_names_have_numbers():
    assert told(WANT[:, ::-1], axes=[]) == (
        "The values are right, but in reverse order along axis 1."
    )


@pytest.mark.parametrize("got", [1.0, 2.0, 0.5, 1000.0, -4.0, 0.4217])
@pytest.mark.parametrize("want", [32.0, 0.125, 2.718, 1 / 3])
def test_no_factor_gives_a_value_away_that_all_right_ones_are(got, want):
    got, want = np.full((3,), got), np.full((3,), want)
    want[1] *= -1
    got[1] *= -1

    sentence = told(got, want, ["N"])

    assert sentence in ("", "Each is off by the same amount.")


def test_a_simple_factor_of_equal_values_is_told_where_it_gives_nothing_away():
    got = np.array([0.0, 0.2234])

    assert told(got, got / 32, ["N"]) == "Each is 32 times the right one."


@pytest.mark.parametrize("far", [1e308, -1e308, 1e-300])
def test_huge_and_tiny_values_give_a_finite_error(far):
    got = np.array([far, 1.0])

    error = relative_error(got, np.array([-far, 2.0]))

    assert 0 < error <= 2
    assert close(np.full((3, 3), far), np.eye(3), of="f").what


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (1.5, "Typical relative error: 0.3, so it is the formula, not rounding."),
        (
            1.002,
            "Typical relative error: 0.002, so it is close: one term, border or"
            " constant is off.",
        ),
        (
            1.00003,
            "Typical relative error: 3e-05, so it is nearly right: look at precision,"
            " float32 for float64, or at a small constant.",
        ),
    ],
)
def test_the_relative_error_is_told_with_what_it_means(factor, words):
    everywhere = np.ones(WANT.shape, bool)

    assert error_band(factor * WANT, WANT, everywhere) == words


def test_one_value_near_zero_does_not_decide_the_error():
    want = np.append(np.ones(9), 1e-9)
    got = want * 1.001
    got[-1] = 0.5

    band = error_band(got, want, np.ones(10, bool))

    assert band.startswith("Typical relative error: 0.001, so it is close")
