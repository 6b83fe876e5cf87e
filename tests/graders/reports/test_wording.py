from dataclasses import replace

import pytest

from graders.records import Outcome
from graders.reports.wording import (
    OUTCOMES,
    how,
    on_top,
    points,
    points_of,
    shown_what,
    unopened,
    unpassed,
    untold,
    visible,
    waiting,
    worst,
)
from tests.stand_ins.records import bonus_record, finding, item, record, styled_record


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


def test_points_are_of_how_many_and_those_of_a_bonus_come_on_top():
    assert points_of(item(points=2.5)) == "2.5 / 8"
    assert points_of(item(points=2.5, bonus=True)) == "+2.5 bonus"


def test_points_that_are_not_known_are_no_zero():
    assert points_of(item(points=None)) == "? / 8"
    assert points_of(item(points=None, bonus=True)) == "+? bonus"


def test_what_is_broken_asks_for_attention_before_what_failed():
    order = [Outcome.PASSED, Outcome.BLOCKED, Outcome.FAILED, Outcome.BROKEN]

    assert [worst(order[: n + 1]) for n in range(4)] == order
    assert worst([]) is Outcome.PASSED


def test_how_much_of_a_sum_is_a_bonus_is_told_where_one_can_be_had():
    assert on_top(bonus_record().score.counted) == ", with 2 of 3 bonus points"
    assert on_top(record().score.counted) == ""


def test_a_bonus_that_was_left_out_opens_no_part_of_the_style():
    plain = styled_record(points=5)
    done, undone = plain.score.items[::-1]

    with_bonus = replace(plain.score, items=(done, replace(undone, bonus=True)))

    assert unopened(plain.score).endswith("1 of 2 so far.")
    assert unopened(with_bonus) == ""
