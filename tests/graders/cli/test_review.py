import json
import os
import pty
import select
import signal
import subprocess
import time

import pytest

from graders.ledger import Ledger, adjust, adjusted, note_draft, open_drafts
from tests.stand_ins.command import GRADE
from tests.stand_ins.commands import runner
from tests.stand_ins.reviewing import BY, a_class, grade_one

A, B = "student_a", "student_b"


@pytest.fixture
def ledger(template_file, tmp_path):
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(template_file.read_bytes())
    with Ledger(f"sqlite:///{path}", "ta") as opened:
        grade_one(opened, A, failed="sizes")
        yield a_class(opened, B)


@pytest.fixture
def grade(ledger, monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADES_DB", str(ledger.url))
    monkeypatch.setenv("GRADES_USER", "ta")
    monkeypatch.setenv("COLUMNS", "200")
    return runner(monkeypatch, capsys)


def note(ledger, student, item, points, reason="I read it"):
    note_draft(ledger, BY.assignment, student, item, points, reason)


def rows(ledger):
    return ledger.read(lambda c: adjusted(c, BY.assignment))


def say(monkeypatch, *answers):
    """A person at a terminal, who gives these answers."""
    left = list(answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.confirm", lambda *_, **__: left.pop(0))


def test_the_queue_is_listed_with_reasons_and_nothing_else(grade, ledger):
    note(ledger, A, "A9.M1", 7)

    done = grade("review", "assignment9", "--list", "--near", "15", "--seed", 1)

    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines[0] == "item student points why draft"
    assert lines[1] == "A9.1 student_a 4 / 10 its mark is just below a boundary (15)"
    assert "A9.M1 student_a ? / 9 waits for points (15) 7" in lines
    assert len(lines) == 6


def test_the_queue_is_json_for_other_programs(grade, ledger):
    done = grade("review", "assignment9", "--list", "--json", "--item", "A9.M1")

    told = json.loads(done.out)
    assert (told["assignment"], told["reviewer"]) == (BY.assignment, "ta")
    assert {one["student"] for one in told["waiting"]} == {A, B}
    assert told["waiting"][0]["why"] == "manual"


def test_names_are_in_no_anonymous_list(grade):
    done = grade("review", "assignment9", "--list", "--anonymous")
    document = grade("review", "assignment9", "--list", "--anonymous", "--json")

    assert "student_" not in done.out + document.out
    assert "student 1" in done.out or "student " in done.out


def test_nothing_waits(grade, ledger):
    for item in ("A9.M1", "A9.M2"):
        for name in (A, B):
            adjust(ledger, BY.assignment, name, item, 3, over_points=None, reason="r")

    done = grade("review", "assignment9", "--list")

    assert done.out == f"Nothing of {BY.assignment} waits for a person.\n"


def test_drafts_count_after_a_look_and_a_yes(grade, ledger, monkeypatch):
    note(ledger, A, "A9.1", 7, "an axis")
    say(monkeypatch, True)

    done = grade("review", "assignment9", "--confirm")

    assert done.out == (
        "student_a, A9.1: 4 → 7 (an axis)\n"
        "1 draft. Nothing of it counts yet.\n"
        "1 draft counts now. Write the reports anew: grade report assignment9\n"
    )
    assert [(one.points, one.over_points) for one in rows(ledger)[A]] == [(7, 4)]


def test_a_no_leaves_all_as_it_is(grade, ledger, monkeypatch):
    note(ledger, A, "A9.1", 7)
    say(monkeypatch, False)

    done = grade("review", "assignment9", "--confirm")

    assert "Nothing was made to count. The drafts are kept." in done.out
    assert rows(ledger) == {}


def test_without_a_terminal_a_yes_must_be_given(grade, ledger):
    note(ledger, A, "A9.1", 7)

    refused = grade("review", "assignment9", "--confirm")
    done = grade("review", "assignment9", "--confirm", "--yes")

    assert refused.status == 2
    assert "Give --yes if you have seen what it does" in refused.err
    assert "1 draft counts now." in done.out


@pytest.mark.parametrize(
    ("answers", "given"), [((True, True), [4, 7]), ((False,), [4])]
)
def test_a_draft_in_doubt_is_asked_about_by_itself(
    grade, ledger, monkeypatch, answers, given
):
    note(ledger, A, "A9.M1", 7)
    adjust(ledger, BY.assignment, A, "A9.M1", 4, over_points=None, reason="read")
    say(monkeypatch, *answers)

    done = grade("review", "assignment9", "--confirm")

    assert done.out.startswith(
        "student_a, A9.M1: 4 → 7 (I read it). Since the draft, ta gave 4\n"
    )
    assert [one.points for one in rows(ledger)[A]] == given


def test_yes_is_no_yes_to_a_draft_in_doubt(grade, ledger):
    note(ledger, A, "A9.M1", 7)
    note(ledger, B, "A9.M1", 9)
    adjust(ledger, BY.assignment, A, "A9.M1", 4, over_points=None, reason="read")

    done = grade("review", "assignment9", "--confirm", "--yes")

    assert (
        "2 drafts. 1 of them rests on what has changed since, and is not made to count."
        in done.out
    )
    assert [one.points for one in rows(ledger)[A]] == [4]
    assert [one.points for one in rows(ledger)[B]] == [9]


def test_what_changes_while_a_person_reads_is_shown_and_asked_again(
    grade, ledger, monkeypatch
):
    note(ledger, B, "A9.M1", 9)
    asked = []

    def answer(*_, **__):
        if not asked:
            note(ledger, B, "A9.M2", 3)
        asked.append(True)
        return True

    say(monkeypatch)
    monkeypatch.setattr("click.confirm", answer)

    done = grade("review", "assignment9", "--confirm")

    assert "Something has changed meanwhile. As of now:" in done.out
    assert len(asked) == 2
    assert len(rows(ledger)[B]) == 2


def test_the_whole_mark_is_asked_for_as_all(grade, ledger):
    adjust(ledger, BY.assignment, A, "", 25, over_points=10, reason="the oral exam")
    note(ledger, A, "", 24)
    note(ledger, B, "A9.M1", 9)

    listed = grade("review", "assignment9", "--list", "--item", "all")
    done = grade("review", "assignment9", "--confirm", "--yes", "--item", "all")

    assert listed.out.splitlines()[1].split()[:2] == ["all", A]
    assert done.out.startswith(
        "student_a, the whole mark: 25 → 24 (I read it)\n1 draft"
    )


def test_no_drafts_are_nothing_to_confirm(grade):
    done = grade("review", "assignment9", "--confirm")

    assert done.out == "There are no drafts of ta; GRADES_USER says who you are.\n"


def test_a_screen_needs_a_terminal(grade):
    done = grade("review", "assignment9")

    assert done.status == 2
    assert "Give --plain to be asked line by line" in done.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--near", "x"], "--near takes numbers: 50,60."),
        (["--shard", "3/2"], "'3/2' is no part of a queue"),
        (["--json"], "--json is for --list."),
        (["--item", "A9.7"], "there is no item 'A9.7'"),
        (["--student", "student_z"], "nobody called 'student_z'"),
    ],
)
def test_wrong_options_are_refused(grade, options, told):
    done = grade("review", "assignment9", *options)

    assert done.status == 2
    assert told in done.err


def test_there_must_be_a_ledger(grade, monkeypatch, tmp_path):
    monkeypatch.setenv("GRADES_DB", f"sqlite:///{tmp_path}/none.sqlite3")

    done = grade("review", "assignment9")

    assert done.status == 2
    assert "there is no ledger yet" in done.err


class Terminal:
    """The console script in a pseudo-terminal."""

    def __init__(self, *arguments, **variables):
        self._end, side = pty.openpty()
        self.process = subprocess.Popen(
            [GRADE, *arguments],
            stdin=side,
            stdout=side,
            stderr=side,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": "1", **variables},
        )
        os.close(side)
        self.said = b""

    def until(self, text, seconds=60):
        """Reads until a text was said for the first time since the last call."""
        deadline = time.monotonic() + seconds
        while text.encode() not in self.said:
            ready, *_ = select.select([self._end], [], [], deadline - time.monotonic())
            assert ready, f"{text!r} was not said: {self.said.decode(errors='replace')}"
            self.said += os.read(self._end, 65536)
        before, _, self.said = self.said.partition(text.encode())
        return before.decode(errors="replace")

    def type(self, text):
        os.write(self._end, text.encode())

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(30)
        os.close(self._end)


@pytest.fixture
def terminal(ledger):
    opened = []

    def make(*arguments):
        made = Terminal(*arguments, GRADES_DB=str(ledger.url), GRADES_USER="ta")
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.end()


def test_who_is_killed_goes_on_where_they_were(terminal, ledger):
    first = terminal("review", "assignment9", "--plain", "--item", "A9.M1")
    first.until("[0 of 2 decided]")
    first.until("> ")
    first.type("7\n")
    first.until("[1 of 2 decided]")
    first.process.send_signal(signal.SIGKILL)
    first.process.wait(30)

    second = terminal("review", "assignment9", "--plain", "--item", "A9.M1")
    second.until("[1 of 2 decided] A9.M1 The report (9), ")
    second.until("> ")
    second.type("9\n")
    second.until("The end: 2 of 2 decided.")
    second.until("Let them count: grade review assignment9 --confirm")

    kept = ledger.read(lambda c: open_drafts(c, BY.assignment, "ta"))
    assert sorted(one.points for one in kept.values()) == [7, 9]
    assert second.process.wait(30) == 0


def test_the_screen_opens_and_closes_in_a_real_terminal(terminal, ledger):
    screen = terminal("review", "assignment9", "--item", "A9.M1")
    screen.until("The report")
    screen.type("7")
    screen.until("1 of 2")
    screen.type("q")

    screen.until("1 draft. Nothing of it counts yet.")

    assert screen.process.wait(30) == 0
