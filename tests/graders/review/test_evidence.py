import pytest

from graders.ledger import adjust
from graders.marks import find_graded
from graders.review.cases import Nearness, read_cases
from graders.review.evidence import read_evidence
from tests.stand_ins.reviewing import BY, grade_one

A = "student_a"
WORDS = {"what": "A wrong shape.", "where": "small.py:4", "fix": "Count anew."}


@pytest.fixture
def evidence(sqlite):
    """What is known of the item of that name."""

    def of(item, **parts):
        grade_one(sqlite, A, **parts)

        def read(connection):
            graded = find_graded(connection, BY.assignment)
            drafted = {(A, item)}
            found = read_cases(connection, graded, Nearness(), drafted=drafted)
            (case,) = [one for one in found if one.item == item]
            return read_evidence(connection, BY.assignment, case)

        return sqlite.read(read)

    return of


def test_findings_of_the_item_alone_are_told_the_broken_ones_first(evidence):
    found = evidence("A9.2", failed="sizes bias", broken="strides", **WORDS).found

    assert [title for title, *_ in found] == [
        "undecided: The strides",
        "to do: The bias",
    ]
    assert found[0][1:] == ("A wrong shape.", "at small.py:4", "Count anew.")


def test_a_teacher_reads_hidden_findings_with_their_details(evidence):
    words = {**WORDS, "detail": "Got 3.", "hidden": True}

    ((title, what, *_),) = evidence("A9.2", failed="bias", **words).found

    assert (title, what) == ("to do: The bias (hidden)", "A wrong shape. Got 3.")


def test_checks_that_passed_are_counted(evidence):
    seen = evidence("A9.2", failed="bias", **WORDS)

    assert (len(seen.found), seen.num_passed) == (1, 1)


def test_the_functions_of_the_item_are_shown_and_the_whole_file_is_at_hand(evidence):
    seen = evidence("A9.2", failed="bias")

    assert seen.part.pieces[0].lines[0] == "def same_padding(n, k):"
    assert seen.part.missing == ("pool",)
    assert seen.whole.pieces[0].lines[0] == "import numpy as np"


def test_what_a_person_grades_is_seen_in_the_whole_file(evidence):
    seen = evidence("A9.M1", failed="bias")

    assert seen.part == seen.whole
    assert seen.found == ()


def test_for_the_whole_mark_all_findings_are_told(evidence, sqlite):
    adjust(sqlite, BY.assignment, A, "", 20, over_points=20, reason="read")

    found = evidence("", failed="sizes bias", **WORDS).found

    assert [title for title, *_ in found] == ["to do: The sizes", "to do: The bias"]
