import pytest

from graders.records import Outcome
from graders.reports.markdown import render_markdown
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
    return render_markdown(record(item(*findings), **parts))


def marked(score=None, **parts):
    """The report of a mark by the small rubric."""
    score = score or a_score()
    return render_markdown(record(score=score), a_mark(score, **parts))


def told(text):
    """The sentences on how the points come about."""
    _, _, section = text.partition("## How the points come about\n\n")
    return [line[2:] for line in section.split("\n\n")[0].splitlines()]


def two(**parts):
    """Two different findings, so that none is the common problem."""
    return finding(**parts), finding("A2.1.same_paddings", what="another", fix="x")


def test_the_report_names_the_score_the_tasks_and_what_to_do():
    text = render_markdown(record())

    assert text.startswith("# assignment2\\_cnn: student\\_a\n")
    assert "**8 of 16 points**\n" in text
    assert "| A2.1 Output size and same padding | to do | 0 / 8 |\n" in text
    assert "| A2.2 Convolution | passed | 8 / 8 |\n" in text
    assert "### Sizes of small examples (check: to do)\n" in text
    assert "```text\n`output_size` returned a wrong value.\n```\n" in text
    assert "- where: cnn.py:12\n- how: Work it out by hand.\n" in text


def test_tasks_without_anything_to_do_have_no_section():
    text = render_markdown(record())

    assert "## A2.2" not in text


def test_a_public_report_says_that_it_is_one():
    text = render_markdown(record(public_only=True))

    assert "points** (public checks only)\n" in text


def test_the_receipt_names_what_the_result_depends_on():
    text = render_markdown(record())

    assert text.endswith(
        "Receipt: submission 0123456789abcdef, suite 1123456789abcdef, data"
        " 2123456789abcdef, environment 3123456789abcdef, seed 0, walls none.\n"
    )


def test_the_receipt_has_the_versions_that_a_student_could_install():
    versions = (("python", "3.11.9"), ("machine", "x86_64"), ("keras", "3.13.2"))

    text = render_markdown(record(versions=(*versions, ("tensorflow", "2.21.0"))))

    assert text.endswith(
        "walls none, python 3.11.9, keras 3.13.2, tensorflow 2.21.0.\n"
    )


def test_one_reason_behind_everything_is_told_once():
    text = rendered(finding(what="Syntax error."), finding(what="Syntax error."))

    assert "## The file could not be graded\n" in text
    assert text.count("Syntax error.") == 1


def test_a_detail_of_a_hidden_check_is_kept_back():
    text = rendered(*two(detail="8231 is right.", hidden=True))

    assert "8231" not in text
    assert "(hidden check: to do)" in text


def test_a_blocked_finding_gives_no_advice():
    text = rendered(*two(outcome=Outcome.BLOCKED, fix="Do this."))

    assert "Do this." not in text


@pytest.mark.parametrize("ticks", ["```", "````", "`````````"])
def test_no_text_closes_the_block_that_it_is_in(ticks):
    text = rendered(*two(what=f"{ticks}\n# Score 100", printed=f"{ticks}\n# Hi"))

    lines = text.splitlines()
    inside = ""
    for line in lines:
        if inside:
            inside = "" if line == inside else inside
        elif line.startswith("```"):
            inside = line.removesuffix("text")
            assert len(inside) > len(ticks) or line == "```text"
        else:
            assert not line.startswith(("# Score", "# Hi"))
    assert not inside


@pytest.mark.parametrize("text", ["a | b | c", "[x](http://x)", "<img src=x>", "*b*"])
def test_a_name_or_a_title_is_text_and_nothing_else(text):
    report = render_markdown(
        record(item(finding(), title=text), item(finding(what="b")), student=text)
    )

    assert text not in report
    row = next(line for line in report.splitlines() if line.startswith("| A2.1"))
    assert row.replace("\\|", "").count("|") == 4


@pytest.mark.parametrize("part", ["where", "fix", "title"])
def test_no_part_of_a_finding_starts_a_line_of_its_own(part):
    text = rendered(*two(**{part: "x\n# Score 100"}))

    assert "\n# Score" not in text


def test_control_characters_are_made_visible():
    text = rendered(*two(what="a\x1b[31mb\r", printed="c\x07d"))

    assert not {"\x1b", "\r", "\x07"} & set(text)
    assert "c�d" in text


def test_advice_on_style_has_a_section_and_no_row():
    text = render_markdown(styled_record(style_finding(3)))

    assert "| style" not in text
    assert "## Style (advisory, no points)\n\n- cnn.py:3: " in text
    assert text.index("## A2.1") < text.index("## Style") < text.index("---\nReceipt")
    assert "**8 of 16 points**" in text


def test_without_advice_the_report_has_no_section_on_style():
    passed = style_finding(outcome=Outcome.PASSED)

    assert "Style" not in render_markdown(styled_record(passed))


def test_style_that_gives_points_has_a_row_and_a_section():
    text = render_markdown(styled_record(style_finding(), points=5))

    assert "| style Style of a proof of concept | to do | 2.5 / 5 |\n" in text
    assert "## Style of a proof of concept\n" in text
    assert "opens a part of these: 1 of 2 so far." in text
    assert "**10.5 of 21 points**" in text


def test_of_many_findings_of_style_five_are_told():
    faults = [style_finding(number) for number in range(1, 13)]

    text = render_markdown(styled_record(*faults))

    assert text.count("is imported and never used") == 5
    assert "and 7 more of this kind." in text


@pytest.mark.parametrize("part", ["what", "where", "fix", "detail"])
def test_no_part_of_a_finding_of_style_starts_a_line_of_its_own(part):
    text = render_markdown(styled_record(style_finding(**{part: "x\n# Score 100"})))

    assert "\n# Score" not in text


def test_a_long_sentence_is_broken_into_lines_and_a_short_one_is_not():
    long = " ".join(["`conv2d` returned a wrong value at all 36 places."] * 3)

    text = rendered(*two(what=f"{long}\n    indented"))

    block = text.split("```text\n")[1].split("\n```")[0].splitlines()
    assert " ".join(block[:-1]) == long
    assert max(map(len, block)) <= 80
    assert block[-1] == "    indented"


def test_a_bonus_is_told_as_what_comes_on_top():
    text = render_markdown(bonus_record())

    assert "**10 of 8 points, with 2 of 3 bonus points**\n" in text
    assert "| A2.2 Convolution | to do | +2 bonus |\n" in text


# --- what a mark adds -----------------------------------------------------------------

LATE = at("2026-10-11 12:00")


def test_a_mark_that_is_the_sum_of_the_checks_needs_no_explanation():
    text = marked()

    assert "**85 of 80 points, with 5 of 5 bonus points**\n" in text
    assert "| A9.1 Task 1 | passed | 40 / 40 |\n" in text
    assert not told(text)


def test_what_lateness_costs_is_told_step_by_step():
    text = marked(policy=a_policy(), submitted=LATE)

    assert "**68 of 80 points**\n" in text
    assert told(text) == [
        "Sum: 85, with 5 of 5 bonus points.",
        "Handed in 1 day and 12 hours after the due date, which is 2 days late.",
        "Of the sum, 80 % is kept: 68.",
        "Final: 68 of 80 points.",
    ]


@pytest.mark.parametrize(
    ("per_assignment", "sentences"),
    [
        (1, ["The bank of late days pays for 1 of them.", "Of the sum, 90 %"]),
        (2, ["The bank of late days pays for all of them.", "Final: 85 of 80"]),
    ],
)
def test_days_from_the_bank_are_told_even_if_nothing_else_is_lost(
    per_assignment, sentences
):
    bank = {"days": 3, "per_assignment": per_assignment}

    lines = told(marked(policy=a_policy(bank=bank), submitted=LATE))

    assert lines[2] == sentences[0]
    assert lines[3].startswith(sentences[1])


def test_one_day_from_the_bank_is_told_in_the_singular():
    policy = a_policy(bank={"days": 3, "per_assignment": 1})

    lines = told(marked(policy=policy, submitted=at("2026-10-10 12:00")))

    assert lines[1:3] == [
        "Handed in 12 hours and 1 minute after the due date, which is 1 day late.",
        "The bank of late days pays for it.",
    ]


def test_what_came_after_it_was_closed_says_so():
    policy = a_policy(late={"per_day": 0.1, "closes_after_days": 1})

    text = marked(policy=policy, submitted=LATE)

    assert "**0 of 80 points**\n" in text
    assert told(text)[2:] == [
        "By then it was closed: nothing of the sum is kept.",
        "Final: 0 of 80 points.",
    ]


def test_the_minutes_of_grace_need_words_only_beside_others():
    policy, minute = a_policy(grace_minutes=10), at("2026-10-10 00:01")

    assert not told(marked(policy=policy, submitted=minute))
    assert "Handed in 2 minutes after the due date, within the time of grace." in told(
        marked(policy=policy, submitted=minute, adjustments=[adjusted("A9.1", 30)])
    )


def test_an_adjusted_item_shows_both_numbers_and_who_and_why():
    text = marked(adjustments=[adjusted("A9.1", 30)])

    assert "**75 of 80 points, with 5 of 5 bonus points**\n" in text
    assert "| A9.1 Task 1 | passed | 30 / 40, by checks 40 |\n" in text
    assert told(text) == [
        "A9.1 Task 1: 30 by instructor, in place of 40. Reason: I read it.",
        "Sum: 75, with 5 of 5 bonus points.",
        "Final: 75 of 80 points.",
    ]


def test_an_item_that_waits_for_a_person_is_no_zero():
    text = marked(a_score(40, 40, 0), manual=True)

    assert "**80 of 100 points so far**\n" in text
    assert "| A9.M1 The report | waits for a person | ? / 20 |\n" in text
    assert told(text) == [
        "A9.M1 The report: a person has yet to give its points, 20 at most.",
        "Sum so far: 80, with 0 of 5 bonus points.",
        "Final, so far: 80 of 100 points.",
    ]


def test_points_of_a_manual_item_stand_with_who_and_why():
    text = marked(manual=True, adjustments=[adjusted("A9.M1", 15)])

    assert "| A9.M1 The report | graded by a person | 15 / 20 |\n" in text
    assert told(text)[0] == "A9.M1 The report: 15 by instructor. Reason: I read it."


def test_points_for_the_whole_take_the_place_of_all_others():
    whole = adjusted("", 75)

    text = marked(manual=True, policy=a_policy(), submitted=LATE, adjustments=[whole])

    assert "**75 of 100 points**\n" in text
    assert "| A9.M1 The report | not graded on its own | ? / 20 |\n" in text
    assert told(text)[-3:] == [
        "Of the sum, 80 % is kept.",
        "For the whole, in place of that sum: 75 by instructor. Reason: I read it.",
        "Final: 75 of 100 points.",
    ]


def test_a_sum_below_none_is_explained():
    text = marked(a_score(0, 0, 0), adjustments=[adjusted("A9.1", -5)])

    assert told(text)[-2:] == ["Nobody gets less than 0.", "Final: 0 of 80 points."]


def test_what_is_no_item_of_this_grading_is_not_told_a_student():
    text = marked(adjustments=[adjusted("A9.7", 30)])

    assert "A9.7" not in text
    assert not told(text)


@pytest.mark.parametrize("item", ["A9.1", "A9.M1", ""])
def test_no_part_of_an_adjustment_starts_a_line_of_its_own(item):
    mine = adjusted(item, 9, reason="x\n# Score 100 <b>", who="y\n# Z")

    text = marked(manual=True, adjustments=[mine])

    assert "\n# Score" not in text
    assert "\n# Z" not in text
    assert "<b>" not in text.replace("\\<b\\>", "")
