import html
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graders.records import Outcome
from graders.reports.markdown import render_markdown
from graders.reports.pages import render_student_page
from tests.stand_ins.marks import a_mark, a_policy, a_score, adjusted, at
from tests.stand_ins.pictured import pictured
from tests.stand_ins.records import finding, item, record, style_finding, styled_record


def read(page):
    """The text of a page, in single spaces."""
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())


def rendered(*findings, **options):
    return read(render_student_page(record(item(*findings)), **options))


def test_the_page_names_the_points_the_tasks_and_what_to_do():
    text = read(render_student_page(record()))

    assert "student_a 8 of 16 points Do this first Sizes of small examples" in text
    assert "A2.1 Output size and same padding to do 0 / 8" in text
    assert "`output_size` returned a wrong value. where cnn.py:12 how Work it" in text


def test_what_comes_first_is_the_first_check_with_something_to_do():
    first = item(finding(outcome=Outcome.PASSED), points=8.0, outcome=Outcome.PASSED)
    second = item(
        finding("A2.2.a", what="one", title="The first"),
        finding("A2.2.b", what="two", title="The second"),
        id="A2.2",
    )

    text = read(render_student_page(record(first, second)))

    assert "Do this first The first check: to do one" in text


def test_where_nothing_is_left_to_do_the_page_says_so():
    done = item(finding(outcome=Outcome.PASSED), points=8.0, outcome=Outcome.PASSED)

    assert "Nothing is left to do." in read(render_student_page(record(done)))


def test_what_is_our_fault_is_nothing_for_the_student_to_do():
    broken = finding(outcome=Outcome.BROKEN, title="Ours", what="It broke.")
    other = finding("A2.1.b", title="Theirs", what="a")

    alone = rendered(broken, replace(other, outcome=Outcome.PASSED))

    assert "Do this first Theirs" in rendered(broken, other)
    assert "Do this first" not in alone
    assert "That is the grader's fault, costs no points" in alone


def test_one_reason_behind_everything_is_told_once():
    text = rendered(finding(what="Syntax error."), finding(what="Syntax error."))

    assert "The file could not be graded" in text
    assert text.count("Syntax error.") == 1


@pytest.mark.parametrize(
    ("made", "mark"),
    [
        (record(), None),
        (
            record(score=a_score()),
            a_mark(a_score(), policy=a_policy(), submitted=at("2026-10-11 12:00")),
        ),
        (record(score=a_score()), a_mark(a_score(), manual=True)),
        (
            record(score=a_score(first=3)),
            a_mark(a_score(first=3), adjustments=[adjusted("A9.1", 7)]),
        ),
    ],
)
def test_the_page_uses_the_words_of_the_report(made, mark):
    report = re.sub(r"\\(.)", r"\1", render_markdown(made, mark))
    text = read(render_student_page(made, mark))

    told = [line[2:] for line in report.splitlines() if line.startswith("- ")]
    rows = [line for line in report.splitlines() if line.startswith("| A")]
    points = re.search(r"\*\*(.*)\*\*", report)[1]
    for sentence in [points, *(one.removeprefix("where: ") for one in told)]:
        assert sentence.removeprefix("how: ") in text
    for row in rows:
        task, outcome, _ = (cell.strip() for cell in row.strip("|").split("|"))
        assert f"{task} {outcome}" in text


def test_until_hidden_checks_may_be_seen_nothing_differs_by_them():
    public = finding(outcome=Outcome.PASSED)
    pages = {
        render_student_page(
            replace(
                record(
                    item(
                        public,
                        finding("A2.1.b", hidden=True, outcome=outcome, what=what),
                        points=points,
                        outcome=outcome,
                    )
                ),
                duration_s=points,
            ),
            hidden_shown=False,
            hidden_until="after the due date",
        )
        for outcome, what, points in (
            (Outcome.PASSED, "", 8.0),
            (Outcome.FAILED, "The secret is 8231.", 3.0),
            (Outcome.BROKEN, "It broke.", 5.0),
        )
    }

    (page,) = pages
    assert "yours are shown after the due date" in read(page)
    assert "In what is shown here, nothing is left to do." in read(page)


def test_a_detail_and_the_output_of_a_hidden_check_are_kept_back():
    text = rendered(
        finding(detail="8231 is right.", printed="8232", hidden=True),
        finding("A2.1.b", what="another"),
    )

    assert "8231" not in text
    assert "8232" not in text


def test_the_receipt_names_what_the_result_depends_on_and_how_it_is_checked():
    made = record(
        layers=("Landlock",), versions=(("keras", "3.13.2"),), student="a b; c"
    )

    text = read(
        render_student_page(made, graded_at=datetime(2026, 10, 9, 8, tzinfo=UTC))
    )

    assert "graded 2026-10-09 08:00 UTC, in 1.5 s file cnn.py" in text
    assert (
        "submission 0123456789abcdef suite 1123456789abcdef data 2123456789abcdef"
        " environment 3123456789abcdef seed 0 walls none ( Landlock ) versions keras"
        " 3.13.2"
    ) in text.replace("none (Landlock)", "none ( Landlock )")
    assert "grade explain 'a b; c' assignment2_cnn" in text


def test_pictures_have_a_sentence_and_a_table():
    page = render_student_page(pictured())

    assert page.count("<figure>") == page.count("The same as a table") == 8
    for drawing in re.findall(r'<svg class="(?:chart|cells|image)[^>]*>', page):
        assert re.search(r'role="img" aria-label="[^"]+"', drawing)


def test_advice_on_style_is_told_and_is_never_what_to_do_first():
    done = item(finding(outcome=Outcome.PASSED), points=8.0, outcome=Outcome.PASSED)
    styled = styled_record(style_finding(3))
    made = replace(styled, score=replace(styled.score, items=(done,)))

    text = read(render_student_page(made))

    assert "Do this first" not in text
    assert "Nothing is left to do. On style there is advice below." in text
    assert "Style (advisory, no points) An unused import `os3` is imported" in text
    assert "where cnn.py:3 how Delete the import." in text


def test_style_that_gives_points_says_why_some_are_missing():
    text = read(render_student_page(styled_record(style_finding(), points=5)))

    assert "style Style of a proof of concept to do 2.5 / 5" in text
    assert "opens a part of these: 1 of 2 so far." in text
