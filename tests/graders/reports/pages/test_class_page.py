import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from graders.records import Lateness
from graders.reports.class_row import ClassRow
from graders.reports.pages import Graded, render_class_page
from tests.stand_ins.marks import a_mark, a_score
from tests.stand_ins.records import finding


def page_of(*rows, lessons=None, **graded):
    known = {
        row.student: Graded(findings=(), duration_s=2.0) for row in rows if row.mark
    }
    return render_class_page("a9", rows, {**known, **graded}, lessons or {})


def read(page):
    body = re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def test_a_row_has_the_points_of_each_item_and_leads_to_the_student():
    page = page_of(ClassRow(student="student_a", mark=a_mark(a_score(first=33))))

    assert '<a href="students/student_a/report.html"><bdi>student_a</bdi></a>' in page
    assert "student_a 78 33 40 5" in read(page)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("a/../b", "a%2F..%2Fb"),
        ('"><script>', "%22%3E%3Cscript%3E"),
        ("\udcff", "%FF"),
        ("Zoë", "Zo%C3%AB"),
    ],
)
def test_a_name_in_a_link_is_encoded(name, folder):
    page = page_of(ClassRow(student=name, mark=a_mark()))

    links = set(re.findall(r'href="([^"#][^"]*)"', page))
    assert links == {f"students/{folder}/report.html"}
    page.encode()


def test_who_has_no_mark_has_no_link_and_a_reason():
    page = page_of(ClassRow(student="student_z", mark=None, undecided="not graded yet"))

    assert "students/student_z" not in page
    assert "not graded yet student_z" in read(page)
    assert "student_z ?" in read(page)
    assert "Nobody has a mark yet." in page


def test_what_needs_somebody_stands_first_by_urgency_and_once():
    waiting = [
        ClassRow(student=f"student_{n}", mark=a_mark(manual=True)) for n in range(30)
    ]
    stopped = ClassRow(student="student_s", mark=a_mark(), note="The file is empty.")

    text = read(page_of(*waiting, stopped))

    assert "need somebody 31" in text
    assert text.index("The file is empty. student_s") < text.index("A9.M1 waits")
    assert text.count("A9.M1 waits for a person student_0") == 1
    assert "and 10 more" in text


def test_a_misconception_is_told_with_its_lesson_and_its_students():
    rows = [ClassRow(student=f"student_{n}", mark=a_mark()) for n in range(4)]
    found = Graded(
        findings=(finding(misconception="axes_swapped", fix="Mind the axes."),),
        duration_s=1.0,
    )

    text = read(
        page_of(*rows, lessons={"A2.1": "lesson L13, section 2"}, student_1=found)
    )

    assert "axes_swapped what they were told, and who Mind the axes. student_1" in text
    assert "A2.1 1 25 % lesson L13, section 2" in text


def test_late_work_is_counted_by_days_with_what_it_costs():
    late = Lateness(late_by=timedelta(days=2), days=2, factor=0.8, known=True)
    mark = replace(a_mark(), lateness=late, points=68.0)

    text = read(page_of(ClassRow(student="student_a", mark=mark)))

    assert "too late to count who 2 1 17" in text


def test_an_empty_class_has_a_page_that_says_so():
    text = read(page_of())

    for sentence in (
        "Nobody has a mark yet.",
        "Nobody.",
        "No item has points yet.",
        "None of the catalogue was found.",
        "Nothing was graded yet.",
        "Nobody is late, or no time of submission is known.",
    ):
        assert sentence in text
