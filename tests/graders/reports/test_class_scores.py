import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.records import Outcome, Score
from graders.reports.class_scores import render_csv
from graders.reports.wording import visible
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
WAITING = a_row("student_w", mark=a_mark(manual=True))
UNMARKED = a_row("student_u", mark=None, undecided="not started before the deadline")


def rows(*given_rows, item_ids=()):
    text = "".join(render_csv(given_rows, item_ids))
    return list(csv.DictReader(io.StringIO(text)))


def test_each_student_has_a_row_with_the_points_of_each_item():
    (row,) = rows(a_row(mark=a_mark(a_score(40, 12.5, 5))))

    assert row == {
        "student": "student_a",
        "score": "57.5",
        "max_score": "80",
        "raw_score": "57.5",
        "late_days": "",
        "late_penalty": "0",
        "A9.1": "40",
        "A9.2": "12.5",
        "A9.3_bonus": "5",
        "outcome": "graded",
        "flagged": "",
        "note": "",
    }


def test_what_is_late_has_its_days_and_what_they_cost():
    late = a_mark(policy=a_policy(), submitted=LATE)
    in_time = a_mark(policy=a_policy(), submitted=at("2026-10-09 12:00"))

    row, other = rows(a_row(mark=late), a_row(mark=in_time))

    assert (row["raw_score"], row["late_days"]) == ("85", "2")
    assert (row["late_penalty"], row["score"]) == ("17", "68")
    assert (other["late_days"], other["late_penalty"]) == ("0", "0")


def test_points_for_the_whole_leave_nothing_that_lateness_could_cost():
    one = a_mark(policy=a_policy(), submitted=LATE, adjustments=[adjusted("", 75)])

    (row,) = rows(a_row(mark=one))

    assert (row["score"], row["raw_score"], row["late_penalty"]) == ("75", "85", "0")


def test_no_points_are_lost_to_lateness_where_the_sum_is_less_than_none():
    one = a_mark(a_score(0, 0, 0), adjustments=[adjusted("A9.1", -5)])

    (row,) = rows(a_row(mark=one))

    assert (row["raw_score"], row["score"], row["late_penalty"]) == ("-5", "0", "0")


def test_who_has_no_mark_has_no_points_which_is_not_zero():
    _, row = rows(a_row(), UNMARKED)

    assert row.pop("student") == "student_u"
    assert row.pop("outcome") == "not graded"
    assert row.pop("note") == "not started before the deadline"
    assert set(row.values()) == {""}


def test_an_item_that_waits_for_a_person_is_empty():
    waiting, given_ = rows(
        WAITING, a_row(mark=a_mark(manual=True, adjustments=[adjusted("A9.M1", 15)]))
    )

    assert (waiting["A9.M1"], waiting["outcome"], waiting["score"]) == (
        "",
        "waiting",
        "85",
    )
    assert (given_["A9.M1"], given_["outcome"], given_["score"]) == (
        "15",
        "graded",
        "100",
    )


def test_what_could_not_be_decided_is_broken_even_if_it_waits_too():
    score = Score(items=(an_item(1, 40, outcome=Outcome.BROKEN),))

    (row,) = rows(a_row(mark=a_mark(score, manual=True)))

    assert row["outcome"] == "broken"


def test_automatic_points_that_changed_under_an_adjustment_are_flagged():
    same = a_mark(adjustments=[adjusted("A9.1", 30, over_points=40)])
    changed = a_mark(adjustments=[adjusted("A9.1", 30, over_points=20)])

    assert [row["flagged"] for row in rows(a_row(mark=same), a_row(mark=changed))] == [
        "",
        "yes",
    ]


def test_points_for_an_item_that_is_not_graded_have_no_column():
    one = a_mark(adjustments=[adjusted("A9.7", 30)])

    (row,) = rows(a_row(mark=one))

    assert "A9.7" not in row
    assert row["flagged"] == "yes"


def test_a_file_that_could_not_be_run_has_a_note():
    (row,) = rows(a_row(note="Syntax error: bad."))

    assert row["note"] == "Syntax error: bad."


def test_members_of_groups_bring_a_column_for_them():
    alone, member = rows(a_row("student_a"), a_row("student_b", group="team_1"))

    assert (alone["group"], member["group"]) == ("", "team_1")
    assert "group" not in rows(a_row())[0]


def test_style_that_is_advice_is_a_number_of_findings():
    parts = {"advised": True, "style_faults": 2}

    found = rows(a_row(**parts), a_row(advised=True, style_faults=0), UNMARKED)

    assert [row["style_findings"] for row in found] == ["2", "0", ""]
    assert "style_findings" not in rows(a_row(style_faults=2))[0]


def test_the_columns_of_items_are_in_the_given_order_and_no_item_is_lost():
    (row,) = rows(a_row(), item_ids=["A9.2", "A9.8", "A9.1"])

    names = [name for name in row if name.startswith("A9")]
    assert names == ["A9.2", "A9.8", "A9.1", "A9.3_bonus"]
    assert row["A9.8"] == ""


def test_an_item_that_only_some_have_is_empty_for_the_others():
    one, other = rows(UNMARKED, a_row(mark=a_mark(Score(items=(an_item(2, 7),)))))

    assert (one["A9.2"], other["A9.2"]) == ("", "7")


def test_a_class_of_nobody_is_a_header():
    text = "".join(render_csv([], ["A9.1"]))

    assert text == (
        "student,score,max_score,raw_score,late_days,late_penalty,A9.1,outcome,"
        "flagged,note\n"
    )


def test_rows_that_can_be_read_only_once_are_refused():
    with pytest.raises(TypeError, match="gone through twice; received an iterator"):
        render_csv(iter([a_row()]))


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(x)", " =1", '"=1', "\uff0b1"],
)
def test_no_cell_is_a_formula(name):
    named, noted, unmarked = rows(
        a_row(name, group=name),
        a_row(note=f"{name} more"),
        a_row(mark=None, undecided=name),
    )

    for cell in (named["student"], named["group"], noted["note"], unmarked["note"]):
        assert cell.startswith("'")


@pytest.mark.parametrize("name", ["a;=1", "a\t@x", "a; -1", 'a;"=1', "a\n=1"])
def test_no_part_of_a_cell_is_a_formula_for_who_parts_lines_elsewhere(name):
    (row,) = rows(a_row(name))

    assert row["student"] == f"{name[:2]}'{name[2:]}"


def test_a_name_with_such_a_sign_inside_stays_as_it_is():
    (row,) = rows(a_row("jean-luc+1@x"))

    assert row["student"] == "jean-luc+1@x"


def test_control_characters_are_made_visible():
    text = "".join(render_csv([a_row("a\x1b[31m\r", note="\x07")]))

    assert not {"\x1b", "\r", "\x07"} & set(text)


TEXTS = st.text(
    st.sampled_from("=+-@;,\"' \t\n\r\0aä\uff1d") | st.characters(), max_size=12
)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=4))
def test_whatever_names_and_notes_there_are_a_reader_gets_them_back(texts):
    given_rows = [
        a_row(student, group=group, note=note) for student, group, note in texts
    ]

    header, *found = csv.reader(io.StringIO("".join(render_csv(given_rows))))

    assert len(found) == len(given_rows)
    assert {len(cells) for cells in found} <= {len(header)}
    for cells, (student, group, note) in zip(found, texts, strict=True):
        row = dict(zip(header, cells, strict=True))
        # Nothing but quotes is added, and what nobody can see is made visible.
        assert unquoted(row["student"]) == unquoted(visible(student))
        assert unquoted(row.get("group", "")) == unquoted(visible(group))
        assert unquoted(row["note"]) == unquoted(visible(note))
        assert not row["student"].lstrip().startswith(("=", "+", "-", "@"))
        assert row["score"] == "85"


def unquoted(text):
    return text.replace("'", "")


def test_a_large_class_is_written_row_by_row_as_it_is_read():
    class Many:
        num_read = 0

        def __iter__(self):
            for n in range(100):
                self.num_read += 1
                yield a_row(f"student_{n}", mark=one)

    one, many = a_mark(), Many()
    lines = render_csv(many)
    before = many.num_read

    read = [(many.num_read - before, line.split(",")[0]) for line in lines]

    assert read == [(0, "student"), *((n + 1, f"student_{n}") for n in range(100))]
