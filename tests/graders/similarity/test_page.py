import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from graders.errors import ResultsNotWritten
from graders.similarity.comparing import Settings
from graders.similarity.page import render_page, write_page
from tests.stand_ins.similar import OTHER, OWN, compared, work

MARKUP = '</pre><script>alert(1)</script><img src=x onerror="alert(2)">'
HOSTILE = OWN.replace(
    "rows = np", f"rows = '''{MARKUP}'''  # \x1b[31m \u202e\n    rows = np"
)


def render(files, **options):
    attempts = options.pop("attempts", False)
    return render_page(
        compared(files, **options), "Small", Settings(), attempts=attempts
    )


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.seen = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_the_page_says_that_it_is_a_hint():
    page = render({"student_a": OWN, "student_b": OTHER})

    assert "This is a hint to a person, never a verdict." in page
    assert "No two are so alike." in page


def test_lines_that_are_alike_say_so_without_colour():
    page = render({"student_a": OWN, "student_b": f"\n\n{OWN}"})

    assert re.search(
        r'<span class="at">8</span><span class="as">= 10</span><mark>    rows = np',
        page,
    )
    assert "distances, lines 5 to 12" in page


def test_nothing_of_a_submission_is_markup():
    page = render({f"student_a{MARKUP}": HOSTILE, "student_b": f"{HOSTILE}\n"})

    tags = Tags(page).seen
    assert not {tag for tag, _ in tags} & {"script", "img", "iframe", "link", "base"}
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on")]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_the_page_needs_nothing_else_and_lets_nothing_in():
    page = render({"student_a": OWN, "student_b": f"{OWN}\n"})

    policy = next(
        attrs["content"]
        for tag, attrs in Tags(page).seen
        if tag == "meta" and "http-equiv" in attrs
    )
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r'(?:src|href)="(?!#)', page)


def test_a_link_leads_to_each_pair_that_is_shown():
    page = render({"student_a": OWN, "student_b": f"{OWN}\n"})

    assert 'href="#pair1"' in page
    assert page.count('id="pair1"') == 1


def test_a_line_without_end_is_cut():
    long = OWN.replace("rows = np", "rows = '" + "a" * 5000 + "'\n    rows = np")

    page = render({"student_a": long, "student_b": f"{long}\n"})

    assert "a" * 200 not in page
    assert len(page) < 60_000


def test_attempts_and_years_are_told():
    works = [work("student_a", OWN), work("student_x", f"{OWN}\n", year="last year")]

    page = render_page(compared(works), "Small", Settings(), attempts=True)

    assert "student_a attempt 1" in page
    assert "student_x (last year) attempt 1" in page


def test_a_page_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    found = compared({})

    with pytest.raises(ResultsNotWritten, match="the page cannot be written"):
        write_page(found, "Small", Settings(), tmp_path / "file" / "a", attempts=False)
