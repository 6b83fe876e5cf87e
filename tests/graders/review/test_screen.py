"""The real screen on a real ledger, driven by its keys."""

import asyncio

import pytest

from graders.errors import LedgerError
from graders.ledger import adjusted, open_drafts
from graders.review.screen import ReviewApp
from graders.review.session import Review
from tests.stand_ins.reviewing import BY, LEVELS, a_class, a_review, grade_one

CLASS = ("student_a", "student_b", "student_c")
HOSTILE = "[bold]\x1b[2J\u202e[/] [@click=app.quit]x[/]"


@pytest.fixture
def filled(sqlite):
    return a_class(sqlite, *CLASS)


def shown(app, name):
    return str(app.screen.query_one(name).render())


def drive(ledger, *keys, review=None, size=(80, 24), look=None, rest_s=0):
    """Presses keys; returns what the look tells, or all text of the screen."""
    review = review or a_review(ledger)
    app = ReviewApp(review, ledger, rest_s)

    async def run():
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await pilot.press(key)
            await pilot.pause()
            return look(app) if look else everything(app)

    return asyncio.run(run())


def everything(app):
    names = ("#head", "#facts", "#text", "#status", "#keys")
    return "\n".join(shown(app, name) for name in names)


def drafts(ledger):
    found = ledger.read(lambda c: open_drafts(c, BY.assignment, ledger.who))
    return {place: (one.points, one.reason) for place, one in found.items()}


def test_the_screen_shows_the_item_its_levels_and_the_code(filled):
    student = a_review(filled).current.owner

    text = drive(filled)

    assert f"A9.M1 The report (9), {student}" in text
    assert "0 of 6 decided" in text
    for points, words in LEVELS.items():
        assert f"{points}: {points} points, {words}" in text
    assert "4 def output_size(n, k):" in text


def test_a_digit_gives_the_points_and_goes_on(filled):
    student = a_review(filled).current.owner

    text = drive(filled, "7")

    assert drafts(filled) == {(student, "A9.M1"): (7, "what and why")}
    assert "1 of 6 decided" in text
    assert f"{student}: 7" in text


def test_a_key_that_is_held_gives_points_once(filled):
    drive(filled, *"7777", rest_s=1000)

    assert len(drafts(filled)) == 1


def test_a_digit_that_stands_nowhere_gives_nothing(filled):
    text = drive(filled, "5")

    assert "5 gives nothing here; p gives any points." in text
    assert drafts(filled) == {}


def test_free_points_are_asked_for(filled):
    drive(filled, "p", *"6,5", "enter")

    assert [points for points, _ in drafts(filled).values()] == [6.5]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("12", "12 is not from 0 to 9."), ("x", "'x' is no number.")],
)
def test_points_that_cannot_be_had_are_told_and_not_noted(filled, typed, told):
    text = drive(filled, "p", *typed, "enter")

    assert told in text
    assert drafts(filled) == {}


def test_a_question_that_is_left_gives_nothing(filled):
    drive(filled, "p", "7", "escape")

    assert drafts(filled) == {}


def test_points_over_those_of_checks_ask_for_a_reason_and_offer_the_last(sqlite):
    for name in CLASS:
        grade_one(sqlite, name, broken="bias")

    drive(sqlite, "1", *"axis", "enter", "1", "up", "enter", "1", "enter")

    assert list(drafts(sqlite).values()) == [(10, "axis"), (10, "axis")]


def test_findings_are_told_with_what_where_and_how(sqlite):
    words = {"what": "A wrong shape.", "where": "small.py:4", "fix": "Count anew."}
    grade_one(sqlite, "student_a", broken="bias", failed="strides", **words)

    text = drive(sqlite)

    assert "Undecided: a check broke." in text
    assert (
        "- undecided: The bias\n  A wrong shape.\n  at small.py:4\n  Count anew."
        in text
    )
    assert "pool is not in the file." in text
    assert "def same_padding" in text
    assert "def output_size" not in text


def test_the_whole_file_is_a_key_away(sqlite):
    grade_one(sqlite, "student_a", broken="bias")

    assert "def output_size" in drive(sqlite, "f")
    assert "def output_size" not in drive(sqlite, "f", "f")


def test_undo_skip_back_and_drop(filled):
    first = a_review(filled).current.owner

    undone = drive(filled, "7", "4", "u", "u")
    nothing = drive(filled, "u")
    back = drive(filled, "s", "b")
    dropped = drive(filled, "7", "b", "d")

    assert first in undone.splitlines()[0]
    assert "There is nothing to undo." in nothing
    assert first in back.splitlines()[0]
    assert "Taken back." in dropped
    assert drafts(filled) == {}


def test_a_comment_goes_with_the_points(filled):
    shown_before = drive(filled, "c", *"hm", "enter")
    drive(filled, "c", *"hm", "enter", "7", "7")

    assert "Comment, for the next points: hm" in shown_before
    assert [reason for _, reason in drafts(filled).values()] == [
        "what and why; hm",
        "what and why",
    ]


def test_a_student_is_jumped_to(filled):
    last = a_review(filled).cases[2].owner

    text = drive(filled, "j", *last[-3:].replace("_", "_"), "enter")
    missed = drive(filled, "j", *"zz", "enter")

    assert last in text.splitlines()[0]
    assert "'zz' is not in the queue." in missed


def test_a_word_is_searched_for_in_the_code(filled):
    text = drive(filled, "slash", *"RETURN", "enter", "n")
    missed = drive(filled, "slash", *"zz", "enter")

    assert "Place 2 of 2. n: the next one." in text
    assert "'zz' is not here." in missed


def test_at_the_end_drafts_are_made_to_count(filled):
    keys = ("7", "7", "7", "3", "3", "3")

    before = drive(filled, *keys)
    after = drive(filled, "y")

    assert "The end of the queue." in before
    assert "6 drafts. Nothing of it counts yet." in before
    assert "student_a, A9.M1: none yet → 7 (what and why)" in before
    assert "6 drafts count now." in after
    rows = filled.read(lambda c: adjusted(c, BY.assignment))
    assert {a.points for own in rows.values() for a in own} == {7, 3}


def test_what_was_skipped_is_gone_through_from_the_end(filled):
    review = a_review(filled, item="A9.M2")
    skipped = review.current.owner

    text = drive(filled, "s", "3", "3", review=review)
    again = drive(filled, "s", review=review)

    assert "1 left open. s: go through them." in text
    assert skipped in again.splitlines()[0]


def test_nothing_counts_while_cases_are_looked_at(filled):
    drive(filled, "7", "y")

    assert filled.read(lambda c: adjusted(c, BY.assignment)) == {}


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
def test_hostile_text_is_text_and_nothing_else(sqlite, size):
    source = f"def same_padding():\n    # {HOSTILE}\n    return '{'x' * 5000}'\n"
    words = {"what": HOSTILE, "where": HOSTILE, "fix": HOSTILE}
    grade_one(sqlite, HOSTILE, broken="bias", source=source, **words)

    text = drive(sqlite, "tab", "down", size=size)

    safe = "[bold]�[2J�[/] [@click=app.quit]x[/]"
    assert text.count(safe) == 5
    assert not {"\x1b", "\u202e"} & set(text)


def test_parts_stand_below_each_other_where_there_is_little_room(filled):
    def places(app):
        side, code = app.query_one("#side").region, app.query_one("#code").region
        return side.right <= code.x, side.bottom <= code.y

    assert drive(filled, size=(80, 24), look=places) == (False, True)
    assert drive(filled, size=(120, 40), look=places) == (True, False)


def test_the_line_of_keys_fits_80_columns(filled):
    assert len(drive(filled, look=lambda app: shown(app, "#keys"))) <= 78


def test_all_keys_are_told(filled):
    text = drive(filled, "question_mark")
    again = drive(filled, "question_mark", "question_mark")

    assert "u          undo the last decision, and the one before it" in text
    assert "def output_size" not in text
    assert "def output_size" in again


def test_colours_are_for_a_dark_or_a_light_terminal(filled):
    assert drive(filled, look=lambda app: app.theme) == "ansi-dark"
    assert drive(filled, "t", look=lambda app: app.theme) == "ansi-light"


def test_a_ledger_that_cannot_go_on_ends_the_screen_and_is_told(filled, monkeypatch):
    def broken(*_):
        raise LedgerError("the disk is full", "ledger", "Make room.")

    review = a_review(filled)
    monkeypatch.setattr(Review, "decide", broken)

    failure = drive(filled, "7", review=review, look=lambda app: app.failure)

    assert failure.what == "the disk is full"
