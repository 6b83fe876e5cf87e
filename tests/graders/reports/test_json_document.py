import json

from graders.reports.json_document import render_json
from tests.stand_ins.marks import a_mark, a_policy, a_score, adjusted, at
from tests.stand_ins.records import (
    bonus_record,
    finding,
    item,
    record,
    style_finding,
    styled_record,
)


def rendered(*findings, **parts):
    return json.loads(render_json(record(item(*findings), **parts)))


def test_the_document_has_exactly_the_agreed_keys():
    document = rendered(finding())

    assert list(document) == [
        "assignment",
        "student",
        "score",
        "max_score",
        "public_only",
        "kept_back",
        "kept_back_until",
        "mark",
        "items",
        "key",
        "versions",
        "duration_s",
    ]
    (one,) = document["items"]
    assert list(one) == [
        "id",
        "title",
        "points",
        "max_points",
        "automatic",
        "bonus",
        "manual",
        "waiting",
        "kept_back",
        "outcome",
        "adjustment",
        "findings",
    ]
    assert list(one["findings"][0]) == [
        "check",
        "outcome",
        "what",
        "where",
        "fix",
        "misconception",
    ]
    assert list(document["key"]) == [
        "submission",
        "suite",
        "data",
        "environment",
        "seed",
    ]


def test_the_document_says_what_the_record_says():
    document = rendered(finding(misconception="size_rounds_up"))

    assert (document["assignment"], document["student"]) == (
        "assignment2_cnn",
        "student_a",
    )
    assert (document["score"], document["max_score"]) == (0, 8)
    assert (document["public_only"], document["duration_s"]) == (False, 1.5)
    assert document["items"][0]["outcome"] == "failed"
    assert document["items"][0]["findings"] == [
        {
            "check": "A2.1.sizes",
            "outcome": "failed",
            "what": "`output_size` returned a wrong value.",
            "where": "cnn.py:12",
            "fix": "Work it out by hand.",
            "misconception": "size_rounds_up",
        }
    ]


def test_a_public_detail_is_shown_and_a_hidden_one_is_not():
    document = rendered(
        finding(detail="8231 came back."), finding(detail="8231.", hidden=True)
    )

    public, hidden = document["items"][0]["findings"]
    assert public["what"].endswith("8231 came back.")
    assert "8231" not in json.dumps(hidden)


def test_what_was_printed_is_not_in_the_document():
    text = render_json(record(item(finding(printed="printed 8231"))))

    assert "8231" not in text


def test_the_document_ends_with_one_newline_and_keeps_other_alphabets():
    text = render_json(record(student="student_ä"))

    assert text.endswith("}\n")
    assert "student_ä" in text


def test_control_characters_do_not_reach_the_document():
    document = rendered(finding(what="a\x1b[31mb", where="c\u202ed.py"))

    assert document["items"][0]["findings"][0]["what"] == "a�[31mb"
    assert document["items"][0]["findings"][0]["where"] == "c�d.py"


def test_style_is_an_item_after_the_tasks_whether_or_not_it_gives_points():
    for points in (0, 5):
        document = json.loads(
            render_json(styled_record(style_finding(), points=points))
        )

        *tasks, style = document["items"]
        assert [task["id"] for task in tasks] == ["A2.1", "A2.2"]
        assert (style["id"], style["max_points"]) == ("style", points)
        assert document["max_score"] == 16 + points


def test_a_finding_of_style_says_what_why_where_and_how():
    document = json.loads(render_json(styled_record(style_finding(3))))

    assert document["items"][-1]["findings"] == [
        {
            "check": "style.unused_import.3",
            "outcome": "failed",
            "what": "`os3` is imported and never used. Whoever reads the file looks for"
            " its use in vain.",
            "where": "cnn.py:3",
            "fix": "Delete the import.",
            "misconception": None,
        }
    ]


def test_a_bonus_is_in_the_score_and_not_in_the_most():
    document = json.loads(render_json(bonus_record()))

    assert (document["score"], document["max_score"]) == (10, 8)
    assert [one["bonus"] for one in document["items"]] == [False, True]


def test_a_mark_gives_the_final_points_and_how_they_come_about():
    score = a_score()
    one = a_mark(
        score,
        policy=a_policy(),
        manual=True,
        submitted=at("2026-10-11 12:00"),
        adjustments=[adjusted("A9.1", 30, reason="a\x1bb")],
    )

    document = json.loads(render_json(record(score=score), one))

    assert (document["score"], document["max_score"]) == (60, 100)
    assert document["mark"] == {
        "raw_score": 75,
        "lateness": {
            "known": True,
            "late_by_s": 129660,
            "days": 2,
            "from_bank": 0,
            "factor": 0.8,
            "closed": False,
        },
        "whole": None,
    }
    items = {item["id"]: item for item in document["items"]}
    assert (items["A9.1"]["points"], items["A9.1"]["automatic"]) == (30, 40)
    assert items["A9.1"]["adjustment"] == {
        "points": 30,
        "reason": "a�b",
        "who": "instructor",
        "at": "2026-10-20T00:00:00+00:00",
    }
    manual = items["A9.M1"]
    assert (manual["points"], manual["outcome"]) == (None, None)
    assert manual["manual"] is manual["waiting"] is True


def test_points_for_the_whole_are_the_score():
    one = a_mark(adjustments=[adjusted("", 75)])

    document = json.loads(render_json(record(score=a_score()), one))

    assert (document["score"], document["mark"]["raw_score"]) == (75, 85)
    assert document["mark"]["whole"]["points"] == 75


def test_without_a_mark_the_document_is_of_the_checks_alone():
    document = rendered(finding(), versions=(("keras", "3.13.2"),))

    assert document["mark"] is None
    assert document["kept_back"] is False
    assert document["kept_back_until"] is None
    assert document["versions"] == {"keras": "3.13.2"}
    assert document["items"][0]["automatic"] == document["items"][0]["points"] == 0
