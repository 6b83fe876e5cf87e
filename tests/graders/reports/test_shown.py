"""What hidden checks found is in no report before its time, nor what it decides."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.records import Outcome
from graders.reports.json_document import render_json
from graders.reports.markdown import render_markdown
from graders.reports.shown import shown
from graders.rubric import award, mark
from tests.stand_ins.marks import a_policy, a_rubric, adjusted, at
from tests.stand_ins.records import finding, record, style_finding

UNTIL = "after the due date"
LATE = at("2026-10-11 12:00")
CHECKS = {
    "A9.1": {"open": 40},
    "A9.2": {"open": 20, "secret": 20},
    "A9.3": {"secret": 5},
}
TASKS = [
    {
        **{"id": task, "title": f"Task {task[-1]}", "points": sum(checks.values())},
        **{"functions": {}, "checks": checks, "bonus": task == "A9.3"},
    }
    for task, checks in CHECKS.items()
]
RUBRIC = a_rubric(
    a_policy(hidden_items="after_due"),
    tasks=TASKS,
    points=105,
    style={"stage": "proof_of_concept", "points": 5},
)
PUBLIC = ("A9.1.open", "A9.2.open")
HIDDEN = ("A9.2.secret", "A9.3.secret")
SAME = "It does not return anything."


def found(check, outcome=Outcome.PASSED, **parts):
    words = {"what": "", "fix": ""} if outcome is Outcome.PASSED else {}
    return finding(check, outcome=outcome, **{**words, **parts})


def graded(public=(), hidden=(), adjustments=(), rubric=RUBRIC, **parts):
    """A record and its mark; findings that are not given have passed."""
    given_ = {one.check: one for one in (*public, *hidden)}
    findings = tuple(
        given_.get(check, found(check, hidden=check in HIDDEN))
        for check in (*PUBLIC, *HIDDEN)
    )
    style = (style_finding(),)
    score = award(rubric, findings, style)
    a_record = record(findings=findings, style=style, score=score, **parts)
    a_mark = mark(rubric, score, adjustments=adjustments, submitted=LATE)
    return a_record, a_mark


def secret(check="A9.2.secret", outcome=Outcome.FAILED, **parts):
    return found(check, outcome, **{"hidden": True, "what": "Wrong at 8231.", **parts})


def rendered(a_record, a_mark, **parts):
    """Both reports."""
    parts = {"hidden_shown": False, "hidden_until": UNTIL, **parts}
    return [render(a_record, a_mark, **parts) for render in RENDER]


RENDER = (render_markdown, render_json)


def test_a_hidden_finding_is_in_no_report_before_its_time():
    a_record, a_mark = graded(hidden=[secret(title="Odd sizes", fix="Mind 4711.")])

    for text, later in zip(
        rendered(a_record, a_mark),
        rendered(a_record, a_mark, hidden_shown=True),
        strict=True,
    ):
        for word in ("8231", "4711"):
            assert word not in text
            assert word in later
        assert "secret" not in text
        assert "Odd sizes" not in text


def test_points_that_hidden_checks_decide_on_are_kept_back_and_others_are_not():
    a_record, a_mark = graded(hidden=[secret()], duration_s=6.25)

    markdown, text = rendered(a_record, a_mark)
    document = json.loads(text)
    items = {item["id"]: item for item in document["items"]}

    assert (document["score"], document["max_score"]) == (None, 105)
    assert document["mark"]["raw_score"] is None
    assert document["duration_s"] is None
    assert (document["kept_back"], document["kept_back_until"]) == (True, UNTIL)
    points = {name: item["points"] for name, item in items.items()}
    assert points == {
        **{"A9.1": 40, "A9.2": None, "A9.3": None},
        **{"style": None, "A9.M1": None},
    }
    kept_back = [name for name, item in items.items() if item["kept_back"]]
    assert kept_back == ["A9.2", "A9.3", "style"]
    assert items["A9.2"]["automatic"] is items["A9.2"]["outcome"] is None
    assert (
        "**Of 105 points; yours are shown after the due date, as hidden checks decide"
        " on them**\n"
    ) in markdown
    assert "| A9.1 Task 1 | passed | 40 / 40 |\n" in markdown
    assert "| A9.2 Task 2 | public checks: passed | ? / 40 |\n" in markdown
    assert "| A9.3 Task 3 | not shown | +? bonus |\n" in markdown
    assert "| style Style of a proof of concept | not shown | ? / 5 |\n" in markdown
    assert "| A9.M1 The report | waits for a person | ? / 20 |\n" in markdown


def test_who_never_sees_them_is_told_that_they_are_not_shown_here():
    markdown, text = rendered(*graded(), hidden_until="")

    assert "yours are not shown here, as hidden checks decide on them**" in markdown
    assert json.loads(text)["kept_back_until"] is None


def test_what_public_checks_found_is_told_all_the_same():
    wrong = found("A9.2.open", Outcome.FAILED, what="Wrong at 12.")

    for text in rendered(*graded(public=[wrong])):
        assert "Wrong at 12." in text
        assert "is imported and never used." in text


def test_lateness_is_told_and_what_is_left_of_the_sum_is_not():
    markdown, text = rendered(*graded())

    assert (
        "- Handed in 1 day and 12 hours after the due date, which is 2 days late.\n"
        "- Of the sum, 80 % is kept.\n"
    ) in markdown
    assert "Sum" not in markdown
    assert "Final" not in markdown
    assert json.loads(text)["mark"]["lateness"]["factor"] == 0.8


def test_what_a_person_gave_is_told_where_no_hidden_check_could_have_decided():
    mine = replace(adjusted("A9.1", 30), reason="Open reason.")
    other = [
        replace(adjusted(item, 12, over_points=20), reason="Hidden reason.")
        for item in ("A9.2", "A9.3", "style", "")
    ]

    for text in rendered(*graded(adjustments=[mine, *other])):
        assert "Open reason." in text
        assert "Hidden reason." not in text


def test_a_grading_of_public_checks_alone_keeps_nothing_back():
    a_record, _ = graded()
    public = tuple(one for one in a_record.findings if not one.hidden)
    tasks = [
        {**task, "checks": {"open": 20}, "points": 20, "bonus": False}
        for task in TASKS[:2]
    ]
    rubric = a_rubric(None, tasks=tasks, points=60)
    score = award(rubric, public)
    one = replace(a_record, findings=public, score=score, public_only=True)

    for render in RENDER:
        kept = render(one, mark(rubric, score), hidden_shown=False, hidden_until=UNTIL)
        assert kept == render(one, mark(rubric, score))


def test_an_item_whose_findings_are_not_known_is_kept_back():
    a_record, a_mark = graded()
    bare = replace(
        a_record,
        score=replace(
            a_record.score,
            items=tuple(replace(item, findings=()) for item in a_record.score.items),
        ),
    )

    items = shown(bare, a_mark, hidden_shown=False).items

    assert [item.id for item in items if item.kept_back] == [
        *("A9.1", "A9.2", "A9.3"),
        "style",
    ]


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.FAILED])
def test_whether_the_file_could_be_run_is_judged_by_public_checks(outcome):
    public = [found(check, Outcome.FAILED, what=SAME) for check in PUBLIC]
    hidden = [secret(check, outcome, what=SAME) for check in HIDDEN]

    markdown, _ = rendered(*graded(public, hidden))

    assert "## The file could not be graded\n" in markdown
    assert markdown.count(SAME) == 1


OUTCOMES = st.sampled_from(list(Outcome))
WORDS = st.sampled_from([SAME, "Not run, because of this.", "Wrong at 8231."])


def findings(checks, **parts):
    return st.tuples(
        *(
            st.builds(
                lambda outcome, what, name, check=check: found(
                    check,
                    outcome,
                    what=what,
                    misconception=name,
                    printed="" if parts else what,
                    **parts,
                ),
                OUTCOMES,
                WORDS,
                st.sampled_from([None, "m"]),
            )
            for check in checks
        )
    )


given_points = st.none() | st.integers(0, 40)


@st.composite
def hidden_matters(draw):
    """Findings of hidden checks, and what persons gave who knew them."""
    adjustments = [
        adjusted(item, points, over_points=draw(given_points))
        for item in ("A9.2", "A9.3", "style")
        if (points := draw(given_points)) is not None
    ]
    return draw(findings(HIDDEN, hidden=True)), adjustments, draw(st.floats(0, 99))


@given(findings(PUBLIC), given_points, given_points, hidden_matters(), hidden_matters())
def test_no_report_depends_on_what_hidden_checks_found(
    public, open_points, manual_points, first, second
):
    texts = []
    for hidden, adjustments, duration_s in (first, second):
        given_ = [adjusted("A9.1", open_points), adjusted("A9.M1", manual_points)]
        pair = graded(public, hidden, [*given_, *adjustments], duration_s=duration_s)
        texts.append(rendered(*pair))

    assert texts[0] == texts[1]


@given(findings(PUBLIC), findings(HIDDEN, hidden=True), findings(HIDDEN, hidden=True))
def test_nor_does_one_without_a_mark(public, first, second):
    texts = [rendered(graded(public, hidden)[0], None) for hidden in (first, second)]

    assert texts[0] == texts[1]
