import numpy as np
import pytest

from graders.checks import at_least, at_most, close, equal, failed, holds, is_array
from graders.checks import passed as nothing_to_say
from graders.records import Outcome
from graders.wire import Opaque

OF = "`f`"
TRUTH = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def test_a_finding_that_passed_says_nothing():
    finding = nothing_to_say()

    assert (finding.outcome, finding.what) == (Outcome.PASSED, "")


def test_a_condition_that_holds_passes_and_one_that_does_not_is_told():
    good = holds(True, "It is wrong.")
    bad = holds(False, "It is wrong.", fix="Mend it.", misconception="m")

    assert good.outcome is Outcome.PASSED
    assert bad == failed("It is wrong.", fix="Mend it.", misconception="m")


@pytest.mark.parametrize(
    ("got", "kind"),
    [
        (None, "None (a return statement may be missing)"),
        (True, "a bool"),
        (3, "an int"),
        (2.5, "a float"),
        ("x", "a string"),
        ([1, 2], "a list"),
        ((1, 2), "a tuple"),
        ({}, "a dict"),
        (b"x", "a bytes"),
        (Opaque(1, "keras.Model"), "an object of type keras.Model"),
        (Opaque(1, "cnn.Secret8231"), "an object"),
    ],
)
def test_a_value_that_is_no_array_is_named(got, kind):
    for finding in (is_array(got, (2,), of=OF), close(got, TRUTH, of=OF)):
        assert finding.outcome is Outcome.FAILED
        assert finding.what == f"`f` returned {kind}; a NumPy array is needed."
        assert finding.fix == "Return the array itself, at the end of the function."


@pytest.mark.parametrize(
    ("dtype", "kinds", "what"),
    [
        ("bool", "iuf", "dtype bool; numbers are needed."),
        ("<U3", "iuf", "dtype <U3; numbers are needed."),
        ("float64", "iu", "dtype float64, which is the wrong kind of number."),
        ("int32", "f", "dtype int32, which is the wrong kind of number."),
    ],
)
def test_an_array_of_the_wrong_dtype_is_named(dtype, kinds, what):
    finding = is_array(np.zeros(2, dtype), (2,), of=OF, kinds=kinds)

    assert finding.what == f"`f` returned an array of {what}"
    assert finding.fix == "Convert it with astype before you return it."


@pytest.mark.parametrize("dtype", ["uint8", "int64", "float16", "float32", "float64"])
def test_the_right_values_pass_in_any_dtype_of_numbers(dtype):
    finding = close(TRUTH.astype(dtype), TRUTH, of=OF)

    assert finding.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("shape", "axes", "what"),
    [
        ((2, 4), "", "the shape (2, 4); (2, 3) is right."),
        (
            (2, 4),
            "H W",
            "the shape (2, 4); (2, 3) is right. Axis W has 4 instead of 3.",
        ),
        (
            (3, 2),
            "H W",
            "the shape (3, 2); (2, 3) is right. Axis H has 3 instead of 2, axis W has 2"
            " instead of 3.",
        ),
        (
            (2, 3, 1),
            "H W",
            "the shape (2, 3, 1); (2, 3) is right. It has 3 axes instead of 2.",
        ),
        ((), "H W", "the shape (); (2, 3) is right. It has 0 axes instead of 2."),
        ((6,), "", "the shape (6,); (2, 3) is right. It has 1 axis instead of 2."),
    ],
)
def test_a_wrong_shape_names_the_axes_that_differ(shape, axes, what):
    finding = close(np.zeros(shape), TRUTH, of=OF, axes=axes)

    assert finding.what == f"`f` returned {what}"
    assert finding.fix == "Print the shape after each step and compare."


def test_a_shape_that_a_mistake_gives_names_the_mistake():
    suspects = [("other", (9, 9)), ("turned", (3, 2))]

    finding = is_array(TRUTH.T, (2, 3), of=OF, shape_suspects=suspects)

    assert finding.misconception == "turned"


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_are_told_with_the_first_place(bad):
    got = TRUTH.copy()
    got[1, 1:] = bad

    finding = close(got, TRUTH, of=OF, axes="H W")

    assert finding.what == (
        "`f` returned NaN or infinity at 2 of 6 places, first at H=1, W=1."
    )
    assert finding.fix.startswith("Look for a division by zero")


def test_a_place_is_an_index_where_the_axes_have_no_names():
    finding = is_array(np.array([1.0, np.nan]), of=OF)

    assert finding.what.endswith("at 1 of 2 places, at index (1,).")


def test_a_number_that_is_nan_has_no_place():
    finding = is_array(np.array(np.nan), of=OF)

    assert finding.what == "`f` returned NaN or infinity."


@pytest.mark.parametrize(
    ("got", "what"),
    [
        (
            2 * TRUTH,
            " at all 6 places, first at H=0, W=0. Each is 2 times the right one."
            " Typical relative error: 0.5.",
        ),
        (
            TRUTH * [[1.0, 1, 1.02], [1, 1, 1.02]],
            " at 2 of 6 places, all at the last W, first at H=0, W=2. Typical relative"
            " error: 0.02, so it is the formula, not rounding.",
        ),
        (
            TRUTH + 0.0004 * (TRUTH == 1),
            " at 1 of 6 places, at H=0, W=0. Relative error: 0.0004, so it is close:"
            " one term, border or constant is off.",
        ),
    ],
)
def test_wrong_values_are_told_by_place_and_by_how_they_differ(got, what):
    finding = close(got, TRUTH, of=OF, axes="H W")

    assert finding.what == f"`f` returned a wrong value{what}"


def test_a_tight_tolerance_tells_precision_from_mistakes():
    finding = close(TRUTH.astype(np.float16) / 3, TRUTH / 3, of=OF, rtol=1e-9, atol=0)
    single = close((TRUTH / 3).astype("f4"), TRUTH / 3, of=OF, rtol=1e-9, atol=0)

    assert "so it is close" in finding.what
    assert "so it is nearly right: look at precision" in single.what


def test_a_single_number_has_no_place():
    finding = close(np.array(3.0), 2.0, of=OF)

    assert finding.what == (
        "`f` returned a wrong value. Relative error: 0.3, so it is the formula, not"
        " rounding."
    )
    assert finding.detail == "3 came back, 2 is right."


def test_right_values_in_a_wrong_shape_are_told_so():
    turned = close(TRUTH.T, TRUTH, of=OF, axes="H W")
    flat = close(TRUTH.ravel(), TRUTH, of=OF, axes="H W")
    other = close(TRUTH.ravel()[::-1], TRUTH, of=OF, axes="H W")

    assert turned.what.endswith(
        "The values are right, but the axes H and W are swapped."
    )
    assert flat.what.endswith("The values are right, and in the right order.")
    assert other.what.endswith("It has 1 axis instead of 2.")


def test_values_within_the_tolerance_pass_and_just_beyond_it_fail():
    within = close(TRUTH + 1e-6, TRUTH, of=OF)
    beyond = close(TRUTH + 1e-6, TRUTH, of=OF, rtol=0, atol=1e-7)

    assert within.outcome is Outcome.PASSED
    assert beyond.outcome is Outcome.FAILED


def test_the_first_wrong_value_is_told_in_the_detail_alone():
    got = TRUTH.copy()
    got[1, 1:] = [7.25, 123.5]

    finding = close(got, TRUTH, of=OF, axes="H W")

    assert "all at H=1, first at H=1, W=1." in finding.what
    assert finding.detail == "At the first, 7.25 came back, 5 is right."
    assert "7.25" not in finding.what + finding.fix


SECRET = np.full((2, 3), 8231.0) + TRUTH


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (7919 * TRUTH, SECRET),
        (TRUTH + 7919, SECRET),
        (np.full((2, 3), 7919.0), SECRET),
        (np.full((2, 3), 1.0), np.full((2, 3), 8231.0)),
        (np.full((2, 3), 1.0), np.full((2, 3), 82.0)),
        (np.array(2.0), 8231.0),
        (np.array(1.0), 82.0),
    ],
)
def test_no_message_for_hidden_checks_quotes_an_expected_value(got, want):
    finding = close(got, want, of=OF)

    assert "82" not in finding.what + finding.fix


def test_a_wrong_answer_that_a_mistake_gives_names_the_mistake():
    suspects = [("averaged", lambda: TRUTH / 2), ("turned", lambda: TRUTH[::-1])]

    finding = close(TRUTH[::-1], TRUTH, of=OF, suspects=suspects)

    assert finding.misconception == "turned"


def test_a_wrong_answer_of_no_known_mistake_names_none():
    finding = close(TRUTH + 9, TRUTH, of=OF, suspects=[("turned", lambda: TRUTH.T)])

    assert finding.misconception is None


def test_the_authors_own_advice_replaces_the_general_one():
    finding = close(TRUTH + 9, TRUTH, of=OF, fix="Sum over the batch.")

    assert finding.fix == "Sum over the batch."


@pytest.mark.parametrize("got", [4, 4.0, np.array(4), np.array(4, np.uint8)])
def test_an_int_may_come_as_an_integral_float_or_a_0d_array(got):
    finding = equal(got, 4, of=OF)

    assert finding.outcome is Outcome.PASSED


@pytest.mark.parametrize("got", [(1, 2), [1, 2], (1.0, np.array(2))])
def test_a_tuple_of_ints_may_come_as_a_list(got):
    finding = equal(got, (1, 2), of=OF)

    assert finding.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("got", "want", "what"),
    [
        (None, 4, "None (a return statement may be missing); an int is needed."),
        (True, 4, "a bool; an int is needed."),
        (4.5, 4, "a float; an int is needed."),
        (float("nan"), 4, "a float; an int is needed."),
        ("4", 4, "a string; an int is needed."),
        (np.arange(2), 4, "an array of shape (2,); an int is needed."),
        (4, (4, 4), "an int; a tuple of 2 ints is needed."),
        ((4,), (4, 4), "1 values; 2 are needed."),
        ((4, "4"), (4, 4), "a tuple that holds a string; an int is needed."),
    ],
)
def test_a_value_that_is_no_int_is_named(got, want, what):
    finding = equal(got, want, of=OF)

    assert finding.what == f"`f` returned {what}"


def test_a_wrong_int_is_told_in_the_detail_and_names_its_mistake():
    finding = equal(
        3, 4, of=OF, suspects={"rounds_up": 5, "off_by_one": 3}, detail="For n=8:"
    )

    assert finding.what == "`f` returned a wrong value."
    assert finding.detail == "For n=8: 3 came back, 4 is right."
    assert finding.misconception == "off_by_one"


@pytest.mark.parametrize(
    ("matcher", "value", "outcome"),
    [
        (at_least, 0.8, Outcome.PASSED),
        (at_least, 0.79, Outcome.FAILED),
        (at_least, float("nan"), Outcome.FAILED),
        (at_least, float("inf"), Outcome.FAILED),
        (at_most, 0.8, Outcome.PASSED),
        (at_most, 0.81, Outcome.FAILED),
        (at_most, float("nan"), Outcome.FAILED),
        (at_most, float("-inf"), Outcome.FAILED),
    ],
)
def test_a_figure_is_held_against_its_threshold(matcher, value, outcome):
    finding = matcher(value, 0.8, of="The accuracy", misconception="m")

    assert finding.outcome is outcome
    assert finding.misconception == ("m" if outcome is Outcome.FAILED else None)


def test_a_figure_and_its_threshold_are_told():
    low = at_least(0.41, 0.8, of="The accuracy")
    high = at_most(25_000, 20_000, of="The number of parameters")

    assert low.what == "The accuracy is 0.410; at least 0.800 is needed."
    assert high.what == (
        "The number of parameters is 25,000; at most 20,000 is allowed."
    )
