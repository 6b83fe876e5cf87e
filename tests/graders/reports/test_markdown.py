import pytest

from graders.records import Outcome
from graders.reports.markdown import render_markdown
from tests.stand_ins.records import finding, item, record, style_finding, styled_record


def rendered(*findings, **parts):
    return render_markdown(record(item(*findings), **parts))


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
