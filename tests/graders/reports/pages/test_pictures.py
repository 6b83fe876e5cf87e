from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.records import Ending
from graders.reports.pages import render_student_page
from graders.reports.pages.pictures import pictures
from graders.wire import Opaque
from tests.stand_ins.pictured import asked, called, every_form, history, pictured


def drawn(*seen, **parts):
    return {one.title: one for one in pictures(pictured(*seen, **parts))}


def test_every_form_makes_one_picture_in_the_order_of_the_checks():
    assert [one.title for one in pictures(pictured())] == [
        "Learning curve",
        "Kernels",
        "A small image and its map",
        "Images before and after",
        "Hidden state over time",
        "Confusion matrix",
        "Accuracy against the number of examples",
        "Classes in each part of the data",
    ]


def test_a_learning_curve_tells_where_each_line_begins_and_ends():
    (curve,) = drawn(history("A2.1.h", loss=[2.0, 0.5], val_loss=[2.25, 1.0])).values()

    assert (
        curve.sentence == "Over 2 epochs: loss from 2 to 0.5; val_loss from 2.25 to 1."
    )
    assert curve.about == "Check of h"
    assert curve.head == ("epoch", "loss", "val_loss")
    assert curve.rows == [("1", "2", "2.25"), ("2", "0.5", "1")]
    assert [panel.legend for panel in curve.panels] == [("loss", "val_loss")]


def test_phases_of_one_training_follow_each_other():
    (curve,) = drawn(
        history("A2.1.h", loss=[3.0, 2.0]), history("A2.1.h", loss=[1.0])
    ).values()

    assert curve.sentence == "Over 3 epochs, in 2 phases: loss from 3 to 1."
    assert [row[0] for row in curve.rows] == ["1", "2", "3"]
    assert 'class="break"' in curve.panels[0].svg


def test_a_confusion_matrix_counts_what_a_model_names_for_what_it_was_shown():
    found = drawn()["Confusion matrix"]

    assert found.sentence == (
        "10 of 12 examples get their own class. The most frequent mistake: class 1 is"
        " taken for class 0, 1 time."
    )
    assert found.rows[1] == ("1", "1", "3", "0")


def test_kernels_have_their_names_and_their_numbers():
    found = drawn()["Kernels"]

    assert [panel.caption for panel in found.panels] == ["sobel", "blur"]
    assert found.sentence.startswith("sobel: 3 by 3, from -2 to 2, sum 0; ")
    assert found.rows[0] == ("sobel", "1", "-1  0  1")


def test_of_hidden_checks_nothing_is_drawn():
    assert pictures(pictured(hidden=True)) == []


def test_what_serves_no_check_is_not_drawn():
    record = pictured(history("A2.1.h", loss=[1.0, 2.0]))

    assert pictures(replace(record, findings=record.findings[:1])) == []


def test_an_answer_that_is_no_value_makes_no_picture():
    (seen,) = [history("A2.1.h", loss=[1.0, 2.0])]
    ended = replace(seen, answer=replace(seen.answer, ending=Ending.RAISED))

    assert pictures(pictured(ended)) == []


@pytest.mark.parametrize(
    "loss",
    [
        [float("nan")],
        [float("inf"), 1.0],
        [1e300, -1e300],
        [True],
        ["1"],
        [],
        [1.0] * 501,
        1.0,
        None,
        [10**400],
    ],
)
def test_a_history_of_anything_else_than_numbers_is_left_out(loss):
    assert drawn(history("A2.1.h", loss=loss)) == {}


def test_names_that_a_submission_chose_are_short_and_visible():
    (curve,) = drawn(history("A2.1.h", **{"\u202e" + "x" * 500: [1.0, 2.0]})).values()

    assert curve.panels[0].caption == "�" + "x" * 39 + "…"


def test_a_level_curve_is_drawn_too():
    (curve,) = drawn(history("A2.1.h", loss=[0.5, 0.5])).values()

    assert "nan" not in curve.panels[0].svg


_arrays = st.builds(
    lambda shape, value, kind: np.full(shape, value).astype(kind),
    st.lists(st.integers(0, 5), max_size=4),
    st.sampled_from([0, 1, 3, 255]),
    st.sampled_from(["float32", "float64", "int64", "uint8", "bool", "U3"]),
)
_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=5),
        st.binary(max_size=5),
        _arrays,
        st.builds(Opaque, st.integers(1, 9), st.text(max_size=5)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(
            st.one_of(st.text(max_size=4), st.integers()), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_values, max_size=3), _values, _values)
def test_no_answer_breaks_the_page(args, value, logits):
    seen = [
        called("A2.1.x", "f", args, value),
        asked("A2.1.x", {"ask": "apply", "x": args[0] if args else None}, logits),
        asked("A2.1.x", {"ask": "read", "name": "history"}, value),
    ]

    assert "</html>" in render_student_page(pictured(*seen))


@pytest.mark.parametrize("seen", every_form(), ids=lambda seen: seen.check)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -1e200])
def test_numbers_that_cannot_be_drawn_make_no_drawing_of_them(seen, bad):
    def spoiled(value):
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return np.full_like(value, bad)
        if isinstance(value, tuple | list):
            return type(value)(map(spoiled, value))
        if isinstance(value, dict):
            return {key: spoiled(one) for key, one in value.items()}
        return value

    made = pictured(
        replace(seen, answer=replace(seen.answer, value=spoiled(seen.answer.value)))
    )

    for one in pictures(made):
        assert not any(
            word in panel.svg for word in ("nan", "inf") for panel in one.panels
        )
