import pytest

from graders.records import Outcome
from tests.stand_ins.records import finding, item, record


def test_one_reason_behind_every_finding_is_the_problem_and_its_first_line_the_note():
    what = "Syntax error: bad.\n    x = ("
    same = [finding(what=what), finding("A2.2.bias", what=what)]

    one = record(item(*same))

    assert one.problem.what == what
    assert one.note == "Syntax error: bad."


@pytest.mark.parametrize(
    "findings",
    [
        [finding(what="a"), finding(what="b")],
        [finding(what="a")],
        [finding(what="a"), finding(what="a", outcome=Outcome.BLOCKED)],
        [finding(outcome=Outcome.PASSED), finding(outcome=Outcome.PASSED)],
        [],
    ],
)
def test_findings_of_their_own_have_no_one_reason(findings):
    one = record(item(*findings))

    assert one.problem is None
    assert one.note == ""


def test_a_note_can_be_stored_in_any_database():
    same = [finding(what="a\0b"), finding(what="a\0b")]

    assert record(item(*same)).note == "ab"
