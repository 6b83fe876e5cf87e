import io

import pytest
from rich.console import Console

from graders.records import Outcome
from graders.reports.terminal import STYLES, print_record
from tests.stand_ins.records import (
    bonus_record,
    finding,
    item,
    record,
    style_finding,
    styled_record,
)


def printed(a_record, width=100):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_record(a_record, console)
    return console.file.getvalue()


def two(**parts):
    return finding(**parts), finding("A2.1.same_paddings", what="another", fix="x")


def test_every_task_has_its_outcome_and_points_and_problems_say_what_to_do():
    text = printed(record())

    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines == [
        "A2.1 to do 0 / 8 Output size and same padding",
        "Sizes of small examples (check)",
        "`output_size` returned a wrong value.",
        "where cnn.py:12",
        "how Work it out by hand.",
        "A2.2 passed 8 / 8 Convolution",
        "",
        "Score 8 / 16 in 1.5 s",
    ]


def test_every_outcome_has_a_style():
    assert STYLES.keys() == set(Outcome)


def test_one_reason_behind_everything_is_told_once_without_the_tasks():
    text = printed(
        record(
            item(finding(what="Syntax error."), finding("A2.2.b", what="Syntax error."))
        )
    )

    assert text.count("Syntax error.") == 1
    assert "Output size" not in text
    assert "Score 0 / 8" in text


def test_a_detail_of_a_hidden_check_is_kept_back():
    text = printed(record(item(*two(detail="8231 is right.", hidden=True))))

    assert "8231" not in text
    assert "(hidden check)" in text


def test_a_blocked_finding_gives_no_advice():
    text = printed(record(item(*two(outcome=Outcome.BLOCKED, fix="Do this."))))

    assert "Do this." not in text


def test_long_output_of_the_submission_is_cut():
    lines = "\n".join(f"line {n}" for n in range(1, 12))

    text = printed(record(item(*two(printed=lines))))

    assert "line 8" in text
    assert "line 9" not in text
    assert "... and 3 more lines" in text


def test_a_public_grading_says_so():
    text = printed(record(public_only=True))

    assert "Public checks only: your teacher's copy runs hidden ones too." in text


def test_a_broken_check_asks_for_a_person():
    text = printed(
        record(item(finding(outcome=Outcome.BROKEN), outcome=Outcome.BROKEN))
    )

    assert "A check could not be decided. That is the grader's fault" in text


@pytest.mark.parametrize("part", ["what", "where", "fix", "printed", "detail"])
def test_no_text_of_a_submission_reaches_the_terminal_as_a_command(part):
    text = printed(record(item(*two(**{part: "a\x1b[31mb\x07\r\u202ec"}))))

    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(text)


def test_text_in_brackets_is_not_taken_for_a_style():
    text = printed(record(item(*two(what="[bold]x[/bold] [/]"))))

    assert "[bold]x[/bold] [/]" in text


def test_advice_on_style_stands_apart_before_the_score():
    text = printed(styled_record(style_finding(3)))

    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert lines[-7:] == [
        "",
        "Style (advisory, no points)",
        "`os3` is imported and never used. Whoever reads the file looks for its use in"
        " vain.",
        "where cnn.py:3",
        "how Delete the import.",
        "",
        "Score 8 / 16 in 1.5 s",
    ]


def test_without_advice_nothing_is_said_of_style():
    passed = style_finding(outcome=Outcome.PASSED)

    assert "Style" not in printed(styled_record(passed))


def test_style_that_gives_points_is_an_item_like_the_others():
    text = printed(styled_record(style_finding(3), points=5))

    lines = [" ".join(line.split()) for line in text.splitlines()]
    heading = lines.index("style to do 2.5 / 5 Style of a proof of concept")
    assert lines[heading + 1].startswith("`os3` is imported and never used.")
    assert "Each task that earns points opens a part of these: 1 of 2 so far." in lines
    assert "Score 10.5 / 21 in 1.5 s" in lines


@pytest.mark.parametrize("points", [0, 5])
def test_at_most_five_findings_of_style_are_told(points):
    faults = [style_finding(number) for number in range(1, 13)]

    text = printed(styled_record(*faults, points=points))

    assert text.count("is imported and never used") == 5
    assert "`os5`" in text
    assert "... and 7 more of this kind." in text


def test_advice_that_could_not_be_had_asks_for_nobody():
    broken = style_finding(outcome=Outcome.BROKEN, what="It could not be judged.")

    text = printed(styled_record(broken))

    assert "It could not be judged." in text
    assert "a person must look" not in text


@pytest.mark.parametrize("part", ["what", "where", "fix", "detail"])
def test_no_text_of_style_reaches_the_terminal_as_a_command(part):
    text = printed(styled_record(style_finding(**{part: "a\x1b[31mb\x07\r\u202ec"})))

    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(text)


def test_a_bonus_is_told_as_what_comes_on_top():
    text = printed(bonus_record())

    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "A2.1 passed 8 / 8 Output size and same padding" in lines
    assert "A2.2 to do +2 bonus Convolution" in lines
    assert "Score 10 / 8, with 2 of 3 bonus points in 1.5 s" in lines


def test_a_large_bonus_is_not_broken_into_lines():
    text = printed(bonus_record(points=12.25, max_points=20), width=60)

    assert "+12.25 bonus" in text
