import shutil
import sqlite3

import pytest

from graders.errors import UsageError
from graders.ledger import Ledger, hand_in, set_groups, start_run
from graders.similarity.handed_in import earlier_ledger, read_class
from tests.stand_ins.ledgers import A9, problem, submission
from tests.stand_ins.records import finding, style_finding
from tests.stand_ins.regrading import grade_class, rubric


@pytest.fixture
def ledger(copied_url):
    with Ledger(copied_url, "ta") as opened:
        yield opened


def hand(ledger, *handed):
    run = start_run(ledger, "batch", A9, {})
    for one in handed:
        hand_in(ledger, A9, [one], run)


def read(ledger, **options):
    with ledger.reading() as connection:
        return read_class(connection, A9, **options)


def test_the_latest_attempt_of_each_is_read(ledger):
    hand(
        ledger,
        submission("student_b", "y = 1\n"),
        submission("student_a", "x = 1\n"),
        submission("student_a", "x = 2\n"),
    )

    found = read(ledger)

    assert [(one.student, one.number, one.source) for one in found.works] == [
        ("student_a", 2, "x = 2\n"),
        ("student_b", 1, "y = 1\n"),
    ]


def test_all_attempts_are_read_if_asked_for_each_content_once(ledger):
    texts = ("x = 1\n", "x = 2\n", "x = 1\n")
    hand(ledger, *(submission("student_a", text) for text in texts))

    found = read(ledger, all_attempts=True)

    assert sorted(one.source for one in found.works) == ["x = 1\n", "x = 2\n"]


def test_what_is_no_text_is_counted_and_not_read(ledger):
    hand(
        ledger, submission("student_a", "", problem=problem()), submission("student_b")
    )

    found = read(ledger)

    assert [one.student for one in found.works] == ["student_b"]
    assert found.num_unread == 1


def test_lines_end_alike_whatever_wrote_them(ledger):
    hand(ledger, submission("student_a", "x = 1\r\ny = 2\rz = 3\n"))

    (work,) = read(ledger).works

    assert work.source == "x = 1\ny = 2\nz = 3\n"


def test_a_group_and_its_members_are_the_same_persons(ledger):
    hand(ledger, submission("g1"), submission("student_a", "x = 3\n"))
    set_groups(ledger, A9, {"g1": ["student_a", "student_b"]}, "the table")

    group, member = read(ledger).works

    assert group.persons == member.persons == {"g1", "student_a", "student_b"}


def test_only_wrong_answers_that_are_known_are_mistakes(ledger):
    told = finding("A9.1.sizes", what="`f` is wrong.", detail="3 came back.")
    raised = finding("A9.1.shapes", what="`f` raised ValueError.")
    unused = style_finding()
    grade_class(
        ledger,
        rubric(),
        {"student_a": "sizes shapes"},
        findings=(told, raised),
        style=(unused,),
    )

    found = read(ledger)

    (work,) = found.works
    assert found.results == {
        work.content: {("mistake", "A9.1.sizes `f` is wrong. 3 came back.")}
    }


def test_an_earlier_ledger_is_read_and_not_touched(ledger, tmp_path):
    hand(ledger, submission("student_x"))
    path = tmp_path / "last.sqlite3"
    with sqlite3.connect(tmp_path / "ledger.sqlite3") as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(tmp_path / "ledger.sqlite3", path)
    path.chmod(0o444)
    before = path.read_bytes()

    with earlier_ledger(str(path)) as opened:
        found = read(opened, year="last")

    assert [(one.student, one.year) for one in found.works] == [("student_x", "last")]
    assert path.read_bytes() == before


def test_a_ledger_that_is_not_there_is_told():
    with (
        pytest.raises(UsageError, match=r"there is no ledger 'no\.sqlite3'"),
        earlier_ledger("no.sqlite3"),
    ):
        pass


def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no database at all\n" * 99)

    with (
        pytest.raises(UsageError, match="cannot be read: file is not a database"),
        earlier_ledger(str(path)),
    ):
        pass
