"""Pages in a real browser, as they lie in the folder of a class."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

from graders.batch.class_rows import NOT_YET
from graders.records import Lateness, Score
from graders.reports.class_row import ClassRow
from graders.reports.pages import Graded, render_class_page, render_student_page
from graders.similarity.comparing import Settings
from graders.similarity.page import render_page as render_alike
from graders.validation.html_report import render_html
from tests.stand_ins.marks import a_mark, a_score
from tests.stand_ins.pictured import every_form, history, pictured
from tests.stand_ins.records import finding, item
from tests.stand_ins.similar import OWN, compared
from tests.stand_ins.validations import validation

HOSTILE = (
    "<script>document.title = 'run'</script><img src=x onerror=\"document.title=1\">"
    "<base href='https://example.org/'></pre></style><svg onload='document.title=1'>"
    "\u202eleft\u2066\0\x1b[31m\ud800&lt;b&gt; {{ 7 * 7 }} javascript:alert(1)"
)


def student_page() -> str:
    """Every picture, a failed check of each kind, and a receipt."""
    made = pictured(versions=(("python", "3.11.9"),), layers=("Landlock", "seccomp"))
    more = item(
        finding(what="a", printed="shape (2, 3)\n" * 30, title="Printed"),
        finding("A2.2.hidden", what="b", hidden=True),
        id="A2.2",
        title="Convolution",
        points=5.0,
    )
    score = Score(items=(*made.score.items, more))
    made = replace(made, score=score, findings=(*made.findings, *more.findings))
    return render_student_page(made, graded_at=datetime(2026, 10, 9, tzinfo=UTC))


def hostile_page() -> str:
    """Student text wherever there is some."""
    parts = {"title": HOSTILE, "where": HOSTILE, "fix": HOSTILE, "printed": HOSTILE}
    found = finding(what=HOSTILE + "x" * 1_000_000, **parts)
    other = finding("A2.1.other", what="<b>bold</b>" * 200_000, **parts)
    seen = [
        replace(one, question={**one.question, "function": HOSTILE})
        for one in every_form()
    ]
    seen.append(history("A2.1.history", **{HOSTILE: [1.0, 2.0]}))
    made = pictured(*seen, student=HOSTILE, filename=HOSTILE, assignment=HOSTILE)
    one = item(found, other, title=HOSTILE)
    score = Score(items=(*made.score.items, one))
    return render_student_page(
        replace(made, score=score, findings=(*made.findings, *one.findings))
    )


def class_page(num_students: int = 40) -> str:
    """Marks, late work, misconceptions, somebody without a mark, and hostile names."""
    rows, graded = [], {}
    for number in range(num_students):
        name = f"student_{number:03}"
        late = Lateness(late_by=timedelta(days=2), days=2, factor=0.8, known=True)
        mark = a_mark(a_score(first=number % 41), manual=number % 7 == 0)
        if number % 5 == 0:
            mark = replace(mark, lateness=late, points=0.8 * mark.points)
        rows.append(ClassRow(student=name, mark=mark))
        found = finding(misconception="size_rounds_up" if number % 3 else None)
        graded[name] = Graded(findings=(found,), duration_s=1 + number / 7)
    for name in ("日本 语", "a b#c?d%e&f", '"><script>document.title="run"</script>'):
        rows.append(ClassRow(student=name, mark=a_mark(), note=HOSTILE))
        graded[name] = Graded(findings=(), duration_s=2.0)
    rows.append(ClassRow(student="student_z", mark=None, undecided=NOT_YET))
    return render_class_page(HOSTILE, rows, graded, {"A2.1": "lesson L13, section 2"})


def alike_page() -> str:
    """A pair side by side, with hostile lines and names."""
    quoted = HOSTILE.encode("ascii", "ignore").decode().replace("\0", "")
    shared = OWN.replace("rows = np", f"rows = {quoted!r}\n    rows = np")
    table = "TABLE = [0.13, 0.71, -1.25, 0.4, 0.92, 0.33, 0.58, 0.77]\n"
    files = {"student_a": shared + table, f"b{HOSTILE}": f"{shared}\n\n{table}"}
    return render_alike(compared(files), HOSTILE, Settings(), attempts=True)


PAGES = {
    "alike": alike_page,
    "student": student_page,
    "hostile": hostile_page,
    "class": class_page,
    "validation": lambda: render_html(validation()),
}


@pytest.fixture(params=PAGES)
def page(request, tmp_path):
    path = tmp_path / f"{request.param}.html"
    path.write_text(PAGES[request.param](), "utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_is_whole_alone_and_for_everybody(browser, page, width, scheme):
    browser.open(page, width=width, scheme=scheme)

    assert browser.said() == []
    assert browser.loaded() == {page.as_uri()}
    assert not browser.scrolls_sideways()
    assert browser.asks("return document.title") not in ("run", "1")
    dark = browser.asks(
        "return getComputedStyle(document.body).backgroundColor === 'rgb(22, 22, 21)'"
    )
    assert dark == (scheme == "dark")
    browser.asks("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    assert not browser.scrolls_sideways()
    assert browser.faults() == []


def test_hostile_text_is_seen_as_text(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(hostile_page(), "utf-8")

    browser.open(path)

    shown = browser.asks("return document.body.textContent")
    assert "<script>document.title = 'run'</script><img src=x onerror=" in shown
    assert "{{ 7 * 7 }}" in shown
    assert not set(shown) & set("\u202e\u2066\0\x1b")
    made = "return document.querySelectorAll('script, img, base, [onload]').length"
    assert browser.asks(made) == 0
    assert path.stat().st_size < 300_000


def test_a_policy_that_is_broken_is_noticed(browser, tmp_path):
    path = tmp_path / "report.html"
    text = student_page().replace(
        "<main>", '<main style="color: red"><img src="http://a.test/">'
    )
    path.write_text(text, "utf-8")

    browser.open(path)

    said = " ".join(browser.said())
    assert "style-src" in said
    assert "img-src" in said


def test_what_a_page_without_a_policy_loads_is_noticed(browser, tmp_path):
    path = tmp_path / "report.html"
    text = re.sub("<meta http-equiv[^>]*>", "", student_page())
    path.write_text(text.replace("<main>", '<main><img src="http://a.test/b.png">'))

    browser.open(path)

    assert browser.loaded() == {path.as_uri(), "http://a.test/b.png"}


def test_a_fault_that_somebody_stumbles_over_is_noticed(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(
        student_page().replace('role="img" aria-label', 'role="img" title-'), "utf-8"
    )

    browser.open(path)

    assert any(fault.startswith("svg-img-alt") for fault in browser.faults())


@pytest.mark.parametrize(
    "name", ["日本 语", "a b#c?d%e&f", "../up", "javascript:alert(1)"]
)
def test_a_link_leads_to_the_page_of_the_student(browser, tmp_path, name):
    rows = [ClassRow(student=name, mark=a_mark())]
    text = render_class_page(
        "a9", rows, {name: Graded(findings=(), duration_s=1.0)}, {}
    )
    (tmp_path / "class.html").write_text(text, "utf-8")

    browser.open(tmp_path / "class.html")

    folder = browser.asks("return document.querySelector('#table a').pathname")
    where = unquote(str(folder))
    assert where == f"{tmp_path}/students/{name}/report.html"


def test_the_table_of_students_is_searched_and_sorted(browser, tmp_path):
    path = tmp_path / "class.html"
    path.write_text(class_page(), "utf-8")
    browser.open(path)
    rows = "return [...document.querySelectorAll('#table tbody tr:not([hidden]) th')]"

    browser.asks(
        "find.value = 'student_00 graded'; find.dispatchEvent(new Event('input'))"
    )
    none = browser.asks(f"{rows}.length")
    browser.asks("find.value = 'student_00'; find.dispatchEvent(new Event('input'))")
    found = browser.asks(f"{rows}.length")
    told = browser.asks("return document.getElementById('count').textContent")
    browser.asks("document.querySelectorAll('#table thead button')[1].click()")
    browser.asks("document.querySelectorAll('#table thead button')[1].click()")
    first = browser.asks(f"{rows}[0].textContent")

    assert (none, found, told) == (0, 10, "10 of 44")
    assert first == "student_009"
    assert browser.said() == []


def test_without_scripts_the_page_of_the_class_says_the_same(browser, tmp_path):
    path = tmp_path / "class.html"
    path.write_text(class_page(), "utf-8")
    browser.chromium.execute_cdp_cmd(
        "Emulation.setScriptExecutionDisabled", {"value": True}
    )
    try:
        browser.open(path)
    finally:
        browser.chromium.execute_cdp_cmd(
            "Emulation.setScriptExecutionDisabled", {"value": False}
        )

    assert (
        browser.asks("return document.querySelectorAll('#table tbody tr').length") == 44
    )
    assert browser.asks("return getComputedStyle(filter).display") == "none"
