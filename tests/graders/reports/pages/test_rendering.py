import base64
import hashlib
import re

import pytest

from graders.reports.pages import render_class_page, render_student_page
from graders.reports.pages.rendering import render_page
from tests.stand_ins.records import finding, item, record


@pytest.fixture(params=["student", "class"])
def page(request):
    if request.param == "student":
        return render_student_page(record())
    return render_class_page("a9", [], {}, {})


def hash_of(text):
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_the_policy_names_the_style_and_the_script_by_their_hashes(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    policy = policy.replace("&#39;", "'")

    (style,) = re.findall(r"<style>(.*?)</style>", page, re.S)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)

    assert policy.startswith("default-src 'none'; ")
    assert f"style-src {hash_of(style)};" in policy
    assert all(f"script-src {hash_of(one)}" in policy for one in scripts)
    assert ("script-src" in policy) == bool(scripts)
    assert "unsafe" not in policy


def test_no_element_has_a_style_or_a_handler_of_its_own(page):
    body = page.partition("<body>")[2].partition("<script>")[0]

    assert not re.search(r"<[^>]* (style|on\w+)=", body)


def test_text_that_is_not_ours_is_harmless_without_a_word_in_the_template(tmp_path):
    (tmp_path / "a.html").write_text("{{ text }}")
    (tmp_path / "a.css").write_text("p { }")

    shown = render_page(
        "a.html", folder=tmp_path, style="a.css", text="<b>\0\u202e\x1b\ud800"
    )

    assert shown == "&lt;b&gt;����"


def test_a_text_without_end_is_cut_and_says_so(tmp_path):
    (tmp_path / "a.html").write_text("{{ text }}")
    (tmp_path / "a.css").write_text("p { }")

    shown = render_page("a.html", folder=tmp_path, style="a.css", text="x" * 1_000_000)

    assert shown.endswith("x ... (995,000 more characters)")


def test_a_page_of_huge_texts_stays_small():
    found = [finding(f"A2.1.{n}", what=f"{n}" + "y" * 10**6) for n in range(5)]

    assert len(render_student_page(record(item(*found)))) < 100_000
