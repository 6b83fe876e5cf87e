import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from graders.errors import ResultsNotWritten
from graders.rubric.calibration import Sample
from graders.validation.fairness import Problem
from graders.validation.html_report import places, render_html, write_report
from graders.validation.killing import Drawn, Fate
from graders.validation.validating import Plan
from tests.stand_ins.validations import (
    PLAN,
    calibration,
    case,
    gate_calibration,
    told,
    validation,
)

HOSTILE = "<script>alert(1)</script>&\"'{{ 7 * 7 }}<img src=//x onerror=y>"
NEVER_CLOSED = {"meta", "br"}


class Page(HTMLParser):
    """Elements, texts and links of a page; fails if one is not closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.attributes, self.texts = [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in NEVER_CLOSED:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


def full(**parts):
    problem = Problem(of="stub", solution="small.py", what="It gets 1 points.", seed=0)
    cases = [
        *(case(number=1), case(number=2, function="f3", tasks=("A9.10",))),
        case(Fate.KILLED, number=3),
        case(Fate.KILLED, told(without_value=True), number=4),
        case(Fate.EQUIVALENT, number=5, reason="the same on 60 valid calls of f2"),
        case(Fate.EQUIVALENT, number=6, reason="It cancels.", confirmed=True),
    ]
    return validation(*cases, problems=(problem,), **parts)


@pytest.fixture(scope="module")
def page():
    return Page(render_html(full()))


# --- what it says -------------------------------------------------------------------


def test_the_verdict_and_the_effort_come_first(page):
    assert page.text.index("Not accepted: 1 problem") < page.text.index("Problems")
    assert "1,234 gradings in 1 min 15 s." in page.text


def test_an_accepted_assignment_names_what_was_not_looked_at():
    plan = Plan(**{**PLAN, "catalogue": False, "generated": False})

    text = Page(render_html(validation(plan=plan, catalogue=()))).text

    assert (
        "Accepted. Nothing speaks against this grading in what was looked at." in text
    )
    assert "Not looked at this time: the catalogue and generated mutants." in text
    assert "Survivors" not in text


def test_how_many_mutants_were_sampled_of_how_many_is_told():
    found = full(drawn={"reference.py": Drawn(939, 6)})

    assert "reference.py 939 6 2 2 2" in Page(render_html(found)).text


def test_mutants_that_no_value_killed_are_told_apart(page):
    assert (
        "2 of 4 mutants that are not equivalent were killed (50.0 %): 1 by a value"
        " that a check found wrong, 1 only because the code raised an exception"
        in page.text
    )
    assert "A9.2 1 1 1 2 0 66.7 %" in page.text


def test_every_survivor_is_shown_with_its_diff_place_and_id(page):
    survivors = page.text[page.text.index("No check lost a point") :]

    for one in full().cases[:2]:
        assert one.mutant.id in survivors
    assert survivors.count("+ return a + b") == 4, "two survivors, two equivalents"
    assert "reference.py, line 3" in survivors


def test_survivors_are_grouped_by_task_and_function_with_counts():
    found = places(
        [
            *(case(number=1, tasks=("A9.10",)), case(number=2, function="g")),
            *(case(number=3), case(number=4, tasks=("A9.2", "A9.10"))),
        ]
    )

    assert {
        tasks: [(place.function, len(place.cases)) for place in group]
        for tasks, group in found.items()
    } == {
        "A9.2": [("f2", 1), ("g", 1)],
        "A9.2, A9.10": [("f2", 1)],
        "A9.10": [("f2", 1)],
    }
    assert list(found) == ["A9.2", "A9.2, A9.10", "A9.10"]


def test_equivalents_say_why_and_whether_somebody_agreed(page):
    assert "the same on 60 valid calls of f2 (to be confirmed)" in page.text
    assert "It cancels. (confirmed)" in page.text


def test_thresholds_have_a_table_a_picture_and_all_values_as_text(page):
    assert "accuracy 0.8 0.01 0 of 4 (0 to 49 %)" in page.text
    assert "wheats/loops.py right 2 0.91 0.94 0.97" in page.text
    assert page.tags.count("svg") == 1


# --- how it is made -----------------------------------------------------------------


def test_headings_go_down_by_one_and_there_is_one_first(page):
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag)]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_the_contents_lead_to_what_is_there(page):
    ids = {value for _, name, value in page.attributes if name == "id"}
    links = [value for tag, name, value in page.attributes if name == "href"]

    assert len(links) == 7
    assert {link.removeprefix("#") for link in links} == ids


def test_tables_that_scroll_can_be_reached_by_keyboard_and_have_names(page):
    scrolling = [
        v for _, name, v in page.attributes if (name, v) == ("class", "scroll")
    ]
    regions = [v for _, name, v in page.attributes if (name, v) == ("role", "region")]
    names = [
        v for tag, name, v in page.attributes if (tag, name) == ("div", "aria-label")
    ]

    assert len(scrolling) == len(regions) == len(set(names)) > 0


def test_it_is_one_file_that_asks_for_nothing_and_runs_nothing(page):
    policy = next(
        value
        for _, name, value in page.attributes
        if name == "content" and "default-src" in value
    )

    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert not {"script", "img", "link", "iframe", "object", "base"} & set(page.tags)
    assert not any(
        name == "src" or name.startswith("on") for _, name, _ in page.attributes
    )
    assert "url(" not in render_html(full())
    assert "@import" not in render_html(full())


def test_it_follows_light_and_dark():
    assert "prefers-color-scheme: dark" in render_html(validation())


# --- hostile text -------------------------------------------------------------------


def test_no_text_of_a_solution_becomes_markup():
    diff = f"@@ -1 +1 @@\n-{HOSTILE}\n+{HOSTILE}\n"
    hostile_case = {"diff": diff, "description": HOSTILE, "id": HOSTILE}
    gates = {
        HOSTILE: gate_calibration(right=(Sample(solution=HOSTILE, values=(1.0,)),))
    }
    found = validation(
        case(**hostile_case, function=HOSTILE, original=HOSTILE),
        case(Fate.EQUIVALENT, reason=HOSTILE, **hostile_case),
        problems=(Problem(of=HOSTILE, solution=HOSTILE, what=HOSTILE),),
        calibration=calibration(**gates),
        drawn={HOSTILE: Drawn(1, 1)},
    )

    shown = Page(render_html(found))

    assert not {"script", "img"} & set(shown.tags)
    assert not any(name.startswith("on") for _, name, _ in shown.attributes)
    assert shown.text.count(HOSTILE) >= 14
    assert "49<img" not in shown.text


# --- writing ------------------------------------------------------------------------


def test_it_is_written_into_a_folder_that_is_made(tmp_path):
    path = write_report(validation(), tmp_path / "a" / "b")

    assert path == tmp_path / "a" / "b" / "report.html"
    assert path.read_text("utf-8").startswith("<!doctype html>")


def test_the_same_validation_gives_the_same_bytes(tmp_path):
    first = write_report(full(), tmp_path).read_bytes()

    assert write_report(full(), tmp_path).read_bytes() == first


def test_a_folder_that_takes_no_file_is_told(tmp_path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(ResultsNotWritten, match="cannot be written") as caught:
        write_report(validation(), tmp_path / "taken")

    assert "--out" in caught.value.fix
