import pytest

from graders.records import Outcome
from graders.reports.wording import (
    OUTCOMES,
    common_problem,
    how,
    points,
    shown_what,
    unpassed,
    untold,
    visible,
    waiting,
)
from tests.stand_ins.records import finding, item, record


def test_every_outcome_has_a_word():
    assert OUTCOMES.keys() == set(Outcome)


@pytest.mark.parametrize(
    ("hidden", "detail", "shown"),
    [(False, "3.", "Wrong. 3."), (True, "3.", "Wrong."), (False, "", "Wrong.")],
)
def test_the_detail_belongs_to_public_checks(hidden, detail, shown):
    told = shown_what(finding(what="Wrong.", detail=detail, hidden=hidden))

    assert told == shown


def test_the_same_words_at_the_same_place_are_told_once():
    findings = [
        finding(what="a"),
        finding(what="a", hidden=True),
        finding(what="a", where="cnn.py:99"),
        finding(what="b", outcome=Outcome.PASSED),
        finding(what="c", outcome=Outcome.BROKEN),
        finding(what="d", outcome=Outcome.BLOCKED),
    ]

    kept = unpassed(findings)

    assert [one.what for one in kept] == ["a", "a", "c"]


@pytest.mark.parametrize(
    ("outcomes", "told"),
    [
        ([Outcome.PASSED, Outcome.FAILED], ""),
        ([Outcome.BLOCKED], "1 check was not run, because."),
        ([Outcome.BLOCKED, Outcome.BLOCKED], "2 checks were not run, because."),
    ],
)
def test_checks_that_were_not_run_are_told_in_one_sentence(outcomes, told):
    blocked = "Not run, because."

    assert waiting([finding(what=blocked, outcome=one) for one in outcomes]) == told


def test_a_hint_is_told_once_and_then_pointed_to():
    told = set()
    wrong = finding(misconception="m", fix="Look.")

    texts = [how(wrong, told), how(wrong, told), how(finding(fix="Own."), told)]

    assert texts == ["Look.", "As above: it is the same mistake.", "Own."]


def test_one_reason_behind_every_finding_is_the_common_problem():
    same = [finding(what="Syntax error."), finding("A2.2.bias", what="Syntax error.")]

    problem = common_problem(record(item(*same)))

    assert problem.what == "Syntax error."


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
def test_findings_of_their_own_have_no_common_problem(findings):
    problem = common_problem(record(item(*findings)))

    assert problem is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (7.0, "7"), (2.5, "2.5"), (1 / 3, "0.33"), (100.0, "100")],
)
def test_points_have_no_needless_zeros(value, text):
    assert points(value) == text


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\r", "\x9b", "\u202e", "\u200b"])
def test_characters_that_nobody_sees_are_made_visible(bad):
    assert visible(f"a{bad}b") == "a�b"


def test_text_of_any_alphabet_tabs_and_lines_stay():
    assert visible("größer\t日本\n✓") == "größer\t日本\n✓"


def test_half_of_a_character_can_be_written_afterwards():
    assert visible("a\ud800b").encode() == "a�b".encode()


def test_checks_that_found_the_same_as_another_are_counted():
    same = [finding(what="It is wrong."), finding(what="It is wrong.")]
    blocked = finding(outcome=Outcome.BLOCKED, what="Not run, because of this.")

    assert untold([*same, finding(what="It is none.")]) == [
        "1 more check found the same."
    ]
    assert untold([*same, *same, blocked]) == [
        "3 more checks found the same.",
        "1 check was not run, because of this.",
    ]
    assert untold([finding(what="It is wrong.")]) == []
