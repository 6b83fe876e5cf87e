from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from graders.ledger import Ledger, attempts, hand_in, submission_of
from graders.ledger.tables import metadata
from tests.stand_ins.ledgers import A9, contents, problem, run, submission

DUE = datetime(2026, 10, 9, 21, 59, tzinfo=UTC)


@pytest.fixture
def a_run(ledger):
    return run(ledger)


def handed_in(ledger, student=None):
    with ledger.reading() as connection:
        return list(attempts(connection, A9, student))


def test_an_attempt_is_recorded_with_all_that_is_known_of_it(ledger, a_run):
    file = submission(submitted_at=DUE)

    hand_in(ledger, A9, [file], a_run)

    (attempt,) = handed_in(ledger)
    assert (attempt.student, attempt.number) == ("student_a", 1)
    assert (attempt.content, attempt.filename) == (file.content, "small.py")
    assert attempt.submitted_at == DUE
    assert attempt.received_at.tzinfo is UTC


@pytest.mark.parametrize(
    "file",
    [
        submission(),
        submission("Zoë Ω", "x = 'ü\U0001f600'\r\n", filename="größe.py"),
        submission(text="", problem=problem("The file is empty.")),
        submission(submitted_at=DUE),
    ],
)
def test_a_submission_can_be_graded_once_more_from_the_ledger(ledger, a_run, file):
    hand_in(ledger, A9, [file], a_run)

    with ledger.reading() as connection:
        assert submission_of(connection, A9, file.content) == file


def test_what_nobody_handed_in_is_none(ledger):
    with ledger.reading() as connection:
        assert submission_of(connection, A9, "0000") is None


def test_the_same_file_again_is_no_new_attempt(ledger, a_run):
    for _ in range(2):
        hand_in(ledger, A9, [submission()], a_run)

    assert [one.number for one in handed_in(ledger)] == [1]


def test_another_file_is_a_new_attempt_and_so_is_the_first_one_after_it(ledger, a_run):
    for text in ("a = 1", "a = 2", "a = 1"):
        hand_in(ledger, A9, [submission(text=text)], a_run)

    contents_of = [one.content for one in handed_in(ledger)]
    assert [one.number for one in handed_in(ledger)] == [1, 2, 3]
    assert contents_of[0] == contents_of[2] != contents_of[1]


def test_a_file_of_another_name_is_a_new_attempt(ledger, a_run):
    hand_in(ledger, A9, [submission()], a_run)
    hand_in(ledger, A9, [submission(filename="big.py")], a_run)

    assert [one.filename for one in handed_in(ledger)] == ["small.py", "big.py"]


def test_of_the_same_file_only_a_time_that_is_earlier_is_told_anew(ledger, a_run):
    late, early = DUE + timedelta(hours=1), DUE - timedelta(hours=1)
    for when in (None, DUE, None, DUE, late, early, DUE):
        hand_in(ledger, A9, [submission(submitted_at=when)], a_run)

    assert [one.submitted_at for one in handed_in(ledger)] == [None, DUE, early]


def test_several_files_of_one_student_are_attempts_in_their_order(ledger, a_run):
    files = [submission(text=f"a = {number}") for number in (1, 1, 2)]

    hand_in(ledger, A9, files, a_run)

    assert [one.number for one in handed_in(ledger)] == [1, 2]
    assert handed_in(ledger)[1].content == files[2].content


def test_equal_texts_of_many_are_kept_once(ledger, a_run):
    files = [submission(name) for name in ("student_a", "student_b", "student_c")]

    hand_in(ledger, A9, files, a_run)

    assert len(contents(ledger, "sources")["sources"]) == 1
    assert [one.student for one in handed_in(ledger)] == [
        "student_a",
        "student_b",
        "student_c",
    ]


def test_attempts_are_those_of_one_assignment_and_of_one_student(ledger, a_run):
    hand_in(ledger, A9, [submission("student_a"), submission("student_b")], a_run)
    hand_in(ledger, "another", [submission("student_a")], a_run)

    assert [one.student for one in handed_in(ledger, "student_a")] == ["student_a"]
    assert [one.student for one in handed_in(ledger)] == ["student_a", "student_b"]


def test_attempts_can_be_read_while_the_connection_is_asked_other_things(ledger, a_run):
    files = [submission(f"student_{number:04}") for number in range(2500)]
    hand_in(ledger, A9, files, a_run)

    with ledger.reading() as connection:
        found = [
            (one.student, submission_of(connection, A9, one.content).filename)
            for one in attempts(connection, A9)
            if one.student.endswith("00")
        ]

    assert len(found) == 25


def test_attempts_that_are_not_read_to_the_end_leave_nothing_open(ledger, a_run):
    files = [submission(f"student_{number:04}") for number in range(2500)]
    hand_in(ledger, A9, files, a_run)

    with ledger.reading() as connection:
        assert next(iter(attempts(connection, A9))).student == "student_0000"


def test_after_attempts_were_read_the_same_connection_can_write(ledger, a_run):
    """PostgreSQL cannot write in parts, as it reads."""
    hand_in(ledger, A9, [submission()], a_run)
    table = metadata.tables["sources"]

    def write(connection):
        list(attempts(connection, A9))
        connection.execute(table.insert().values(sha256="aa", body=b"1"))

    ledger.write(write)

    assert len(contents(ledger, "sources")["sources"]) == 2


def test_two_who_hand_in_the_same_class_at_once_record_it_once(ledger, ledger_url):
    files = [submission(f"student_{number}") for number in range(40)]

    def one_of_them(order):
        with Ledger(ledger_url, "ta") as own:
            hand_in(own, A9, files[::order], run(own))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(one_of_them, (1, -1, 1, -1)))

    assert [one.number for one in handed_in(ledger)] == [1] * 40
