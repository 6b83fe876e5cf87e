import re
from xml.etree import ElementTree

import pytest

from graders.rubric.calibration import Sample
from graders.validation.plotting import plot_threshold
from tests.stand_ins.validations import gate_calibration


def plotted(name="accuracy", at_least=True, **parts):
    return plot_threshold(name, gate_calibration(**parts), at_least=at_least)


def marks(text, kind):
    """Place and title of each mark."""
    root = ElementTree.fromstring(text)
    return [
        (float(line.get("x1").rstrip("%")), line.findtext("title"))
        for line in root.iter("line")
        if line.get("class") == kind
    ]


def test_every_run_has_a_mark_with_its_solution_and_value():
    text = plotted()

    assert [title for _, title in marks(text, "right")] == [
        *("reference.py: 0.95", "reference.py: 0.96"),
        *("wheats/loops.py: 0.91", "wheats/loops.py: 0.97"),
    ]
    assert len(marks(text, "wrong")) == 2


def test_marks_lie_where_their_values_do():
    text = plotted()

    (bound,) = (float(p) for p in re.findall(r'"bound" x1="([\d.]+)%"', text))
    right = [place for place, _ in marks(text, "right")]
    wrong = [place for place, _ in marks(text, "wrong")]
    assert all(bound < place < 100 for place in right)
    assert wrong[0] < bound < wrong[1], "one wrong solution passes"
    assert right[0] < right[1]


def test_what_does_not_pass_is_shaded():
    assert 'class="failing" x="0"' in plotted()
    assert 'class="failing" x="0"' not in plotted(at_least=False)


def test_the_same_calibration_gives_the_same_text():
    assert plotted() == plotted()


def test_there_is_no_date_path_or_address_in_it():
    text = plotted()

    assert not re.search(r"\d{4}-\d\d-\d\d|http|href|url\(|/home|/tmp|script", text)


def test_it_has_a_text_alternative():
    root = ElementTree.fromstring(plotted(name="gain"))

    assert root.get("role") == "img"
    assert root.get("aria-label").startswith("gain: ")


def test_names_cannot_be_markup():
    hostile = "</title><script>alert(1)</script>"

    text = plotted(name=hostile, right=(Sample(solution=hostile, values=(0.9,)),))

    assert "<script" not in text
    assert marks(text, "right")[0][1] == f"{hostile}: 0.9"


@pytest.mark.parametrize("values", [(0.8,), (0.0,), (float("nan"), 0.9), (1e300,)])
def test_odd_samples_have_a_place_or_no_mark(values):
    text = plotted(right=(Sample(solution="w.py", values=values),), wrong=())

    assert "nan" not in text.lower().replace("aria", "")
    assert all(0 <= place <= 100 for place, _ in marks(text, "right"))


def test_nothing_measured_leaves_the_threshold():
    text = plotted(right=(), wrong=(), bound=0.0)

    assert "threshold 0" in text
