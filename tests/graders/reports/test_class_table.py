import io

import pytest
from rich.console import Console

from graders.records import Outcome, Score
from graders.reports.class_notes import Attention, attention
from graders.reports.class_table import class_table
from tests.stand_ins.marks import (
    a_mark,
    a_policy,
    a_row,
    a_score,
    adjusted,
    an_item,
    at,
)

LATE = at("2026-10-11 12:00")
BANK = {"days": 3, "per_assignment": 1}
UNMARKED = a_row("student_u", mark=None, undecided="not started before the deadline")
BROKEN = a_row(
    "student_b",
    mark=a_mark(Score(items=(an_item(1, 40, outcome=Outcome.BROKEN),))),
)
FLAGGED = a_row(
    "student_f", mark=a_mark(adjustments=[adjusted("A9.1", 30, over_points=20)])
)
NOT_RUN = a_row("student_n", mark=a_mark(a_score(0, 0, 0)), note="Syntax error: bad.")
WAITING = a_row("student_w", mark=a_mark(manual=True))
ADJUSTED = a_row(
    "student_j", mark=a_mark(adjustments=[adjusted("A9.1", 30, over_points=40)])
)
LATE_ROW = a_row("student_l", mark=a_mark(policy=a_policy(), submitted=LATE))
PLAIN = a_row("student_p")


def shown(*rows, **parts):
    """Each line, with single spaces."""
    console = Console(file=io.StringIO(), width=120)
    console.print(class_table(rows, **parts))
    lines = [" ".join(line.split()) for line in console.file.getvalue().splitlines()]
    return [line for line in lines if line.strip("─ ")]


def test_who_is_graded_without_anything_to_tell_is_a_row_and_no_note():
    assert shown(PLAIN) == [
        "student score A9.1 A9.2 A9.3 bonus",
        "student_p 85 40 40 +5",
    ]


def test_who_has_no_mark_has_a_question_mark_and_the_reason():
    lines = shown(PLAIN, UNMARKED)

    assert "student_u ?" in lines
    assert "student_u: not started before the deadline" in lines


def test_a_class_without_any_mark_is_a_table_all_the_same():
    assert shown(UNMARKED)[:2] == ["student score", "student_u ?"]


def test_a_file_that_could_not_be_run_has_its_reason_below():
    assert "student_n: Syntax error: bad." in shown(NOT_RUN)


def test_what_lateness_costs_is_one_phrase():
    banked = a_mark(
        policy=a_policy(bank={"days": 3, "per_assignment": 1}), submitted=LATE
    )
    closed = a_mark(
        policy=a_policy(late={"per_day": 0.1, "closes_after_days": 1}), submitted=LATE
    )

    lines = shown(LATE_ROW, a_row("banked", mark=banked), a_row("closed", mark=closed))

    assert "student_l: 2 days late: 80 % of 85 is 68" in lines
    assert "banked: 2 days late, 1 of them from the bank: 90 % of 85 is 76.5" in lines
    assert "closed: 2 days late, after it was closed: nothing counts" in lines


def test_what_a_person_gave_stands_with_who_and_why():
    whole = a_mark(policy=a_policy(), submitted=LATE, adjustments=[adjusted("", 75)])

    lines = shown(ADJUSTED, a_row("whole", mark=whole))

    assert "student_j 75 30* 40 +5" in lines
    assert "student_j: A9.1: 30 by instructor, in place of 40: I read it." in lines
    assert "whole: whole: 75 by instructor: I read it." in lines
    assert not any("days late" in line for line in lines)


def test_points_of_a_manual_item_need_no_note():
    given = a_mark(manual=True, adjustments=[adjusted("A9.M1", 15)])

    assert shown(a_row(mark=given)) == [
        "student score A9.1 A9.2 A9.3 bonus A9.M1",
        "student_a 100 40 40 +5 15",
    ]


def test_automatic_points_that_have_changed_are_told_before_and_after():
    lost = a_mark(adjustments=[adjusted("A9.7", 30)])
    whole = a_mark(adjustments=[adjusted("", 75, over_points=60)])

    lines = shown(FLAGGED, a_row("lost", mark=lost), a_row("whole", mark=whole))

    assert (
        "student_f: A9.1: the automatic points under it have changed from 20 to 40"
        in lines
    )
    assert (
        "lost: A9.7 is no item of this grading: 30 by instructor do not count" in lines
    )
    assert "whole: whole: the automatic points under it have changed" in lines


def test_what_could_not_be_decided_is_told_with_its_items():
    assert "student_b: undecided through no fault of theirs: A9.1" in shown(BROKEN)


def test_an_item_that_waits_is_a_question_mark_and_one_note_for_all():
    rows = [a_row(f"student_{n}", mark=WAITING.mark) for n in range(5)]

    lines = shown(*rows)

    assert "student_0 85 40 40 +5 ?" in lines
    assert lines[-1] == (
        "student_0, student_1, student_2 and 2 more: A9.M1 waits for a person"
    )


def test_advice_on_style_is_counted_below():
    parts = {"advised": True}
    rows = [a_row(style_faults=n, **parts) for n in (2, 0)]

    lines = shown(*rows, a_row(style_faults=None, **parts))

    assert lines[-1] == "Style: advice for 1 of 3, without points."


def test_whoever_needs_somebody_soonest_comes_first_where_not_all_have_room():
    rows = [
        *(PLAIN, LATE_ROW, ADJUSTED, WAITING),
        *(NOT_RUN, FLAGGED, BROKEN, UNMARKED, PLAIN),
    ]

    first = [line.split()[0] for line in shown(*rows, most_rows=8)[1:9]]

    assert "".join(name[-1] for name in first) == "ubfnwjlp"
    assert sorted(map(attention, rows))[:-1] == list(Attention)


@pytest.mark.parametrize("most_rows", [2, 3, None])
def test_where_all_have_room_they_stand_as_they_came(most_rows):
    lines = shown(PLAIN, UNMARKED, most_rows=most_rows)

    assert [line.split()[0] for line in lines[1:3]] == ["student_p", "student_u"]
    assert not any("not shown" in line for line in lines)


def test_a_large_class_does_not_flood_and_says_where_the_rest_is():
    late = [a_row(f"late_{n}", mark=LATE_ROW.mark) for n in range(60)]
    plain = [a_row(f"plain_{n}") for n in range(440)]

    lines = shown(*plain, *late, UNMARKED, most_rows=40, file="grades/scores.csv")

    assert len(lines) == 1 + 40 + 3
    assert lines[-1] == (
        "461 more students are not shown, 21 of them with notes. All are in"
        " grades/scores.csv."
    )
    assert "late_0, late_1, late_2 and 57 more: 2 days late: 80 % of 85 is 68" in lines


def test_one_student_too_many_is_told_in_the_singular():
    lines = shown(PLAIN, PLAIN, most_rows=1)

    assert lines[-1] == "1 more student is not shown, 0 of them with notes."


def test_a_class_can_be_shown_while_it_is_read():
    lines = shown(*iter([PLAIN, UNMARKED, PLAIN]), most_rows=1)

    assert lines[1] == "student_u ?"


@pytest.mark.parametrize("part", ["student", "note"])
def test_no_text_reaches_the_terminal_as_a_command_or_a_line(part):
    text = "\n".join(shown(a_row(**{part: "a\x1b[31mb\x07\r\u202ec\n[bold]x 100"})))

    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(text)
    assert "[bold]x" in text
    assert not any(line.startswith("[bold]x") for line in text.splitlines())
