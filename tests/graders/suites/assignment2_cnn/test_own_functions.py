"""Own functions run end to end, and a mistake in one is still paid for once."""

from types import SimpleNamespace

import pytest

from graders.authoring.composing import compose
from graders.checks import Verdict, failed
from graders.records import Outcome
from graders.suites.assignment2_cnn import oracle
from graders.suites.assignment2_cnn.own_functions import corrections

ROWS = {"output_size": [((8, 3, 1, 0), 6), ((9, 3, 2, 0), 4), ((8, 3, 2, 0), 3)]}


def test_right_functions_are_left_alone():
    student = SimpleNamespace(output_size=oracle.output_size)

    assert corrections(student, ROWS) == {"output_size": []}


def test_right_values_are_given_for_wrong_ones_only():
    student = SimpleNamespace(output_size=lambda n, k, s, p: -(-(n - k) // s) + 1)

    assert corrections(student, ROWS) == {"output_size": [((8, 3, 2, 0), 3)]}


def test_a_function_that_gives_no_answer_leaves_nothing_to_run():
    def output_size(*args):
        raise Verdict(failed("`output_size` raised ZeroDivisionError."))

    assert corrections(SimpleNamespace(output_size=output_size), ROWS) is None


USES_IT_AS_IT_IS = """
def output_size(n, k, stride=1, pad=0):
    return {answer}
"""


@pytest.mark.parametrize(
    ("answer", "lost"),
    [
        ("(n + 2 * pad - k) // stride + 2", {"A2.1"}),
        ("1 // 0", {"A2.1"}),
        # Right as a number, but nothing that an array can have as its size.
        ("(n + 2 * pad - k) // stride + 1.0", {"A2.2", "A2.4"}),
    ],
)
def test_what_an_output_size_costs(answer, lost, grade_text, reference):
    text = compose(reference, USES_IT_AS_IT_IS.format(answer=answer))

    record = grade_text(text, tasks=["A2.1", "A2.2", "A2.3", "A2.4"])

    failed_checks = {
        f.check.split(".")[-1]
        for f in record.findings
        if f.outcome is not Outcome.PASSED and f.task != "A2.1"
    }
    items = record.score.items
    assert {i.id for i in items if i.points < i.max_points} == lost
    ends = {"A2.2": "conv_end_to_end", "A2.4": "pool_end_to_end"}
    assert failed_checks == {ends[task] for task in lost if task in ends}
