import io

import pytest

from graders.ledger import open_drafts
from graders.review.plain import Plain
from tests.stand_ins.reviewing import BY, a_class, a_review, grade_one

HOSTILE = "\x1b[2J\u202e"


def answer(ledger, *lines, **options):
    """Answers line by line; returns all that was said."""
    out = io.StringIO()
    review = a_review(ledger, **options)
    Plain(review, io.StringIO("".join(f"{line}\n" for line in lines)), out).run()
    return out.getvalue()


def drafts(ledger):
    found = ledger.read(lambda c: open_drafts(c, BY.assignment, ledger.who))
    return [(one.points, one.reason) for one in found.values()]


@pytest.fixture
def filled(sqlite):
    return a_class(sqlite, "student_a", "student_b")


def test_each_case_is_told_with_its_levels_and_asked_for(filled):
    said = answer(filled, "7", "p 2.5", "q", item="A9.M1")

    assert "[0 of 2 decided] A9.M1 The report (9), student_" in said
    assert "Waits for points.\n9: 9 points, clear\n7: 7 points, what and why" in said
    assert "The end: 2 of 2 decided." in said
    assert drafts(filled) == [(7, "what and why"), (2.5, "reviewed")]


def test_the_end_of_the_input_ends_it_and_drafts_are_kept(filled):
    said = answer(filled, "7")

    assert said.endswith("Stopped: 1 of 4 decided; drafts are kept.\n")
    assert drafts(filled) == [(7, "what and why")]


def test_a_reason_is_asked_for_and_earlier_ones_are_offered_by_number(sqlite):
    for name in ("student_a", "student_b", "student_c"):
        grade_one(sqlite, name, broken="bias")

    said = answer(sqlite, "1", "a bad seed", "1", "1", "1", "", "q")

    assert "  1: a bad seed\nReason, or the number of an earlier one: " in said
    assert "Nothing was noted: it needs a reason." in said
    assert drafts(sqlite) == [(10, "a bad seed")] * 2


def test_undo_back_drop_and_comments_are_the_same_as_on_the_screen(filled):
    said = answer(
        *(filled, "u", "d", "c two figures", "7", "u", "9", "b", "d", "s", "b"),
        *("j student_b", "j zz", "q"),
    )

    assert "There is nothing to undo." in said
    assert "There is no draft of it." in said
    assert "Undone." in said
    assert "'zz' is not here." in said
    assert drafts(filled) == []


def test_a_comment_is_kept_with_the_next_points_alone(filled):
    answer(filled, "c two figures", "7", "9")

    assert drafts(filled) == [(7, "what and why; two figures"), (9, "clear")]


def test_code_is_told_when_it_is_asked_for(sqlite):
    grade_one(sqlite, "student_a", broken="bias")

    said = answer(sqlite, "v", "f", "/ RETURN", "/ zz", "?", item="A9.2")

    part, whole = said.split("small.py:\n")[1:]
    assert part.startswith("    8 def same_padding(n, k):\n")
    assert whole.startswith("    1 import numpy as np\n")
    assert "    5     return n - k + 1\n    9     return (k - 1) // 2\n" in whole
    assert "No line has it." in whole
    assert "j STUDENT      jump to a student" in whole
    assert "pool is not in the file." in said


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x", "'x' is none of the keys; ? tells them."),
        ("", "'' is none of the keys; ? tells them."),
        ("5", "'5' is none of the keys; ? tells them."),
        ("p ten", "'ten' is no number. Write p 7.5."),
        ("p 10", "10 is not from 0 to 9."),
        ("p nan", "nan is not from 0 to 9."),
        (HOSTILE, "'�[2J�' is none of the keys"),
    ],
)
def test_what_is_no_answer_is_told_and_nothing_is_noted(filled, line, told):
    assert told in answer(filled, line)
    assert drafts(filled) == []


def test_hostile_text_is_made_visible(sqlite):
    words = {"what": HOSTILE, "where": HOSTILE, "fix": HOSTILE}
    grade_one(sqlite, HOSTILE, broken="bias", source=f"# {HOSTILE}\n", **words)

    said = answer(sqlite, "v", "/ #", "1", HOSTILE, "b", "q")

    assert not {"\x1b", "\u202e"} & set(said)
    assert said.count("�[2J�") > 6


def test_what_could_not_be_run_says_why(sqlite):
    every = "sizes shapes bias strides"
    grade_one(sqlite, "student_a", failed=every, source="", what="It is empty.")

    assert "Nothing could be run: It is empty." in answer(sqlite)
