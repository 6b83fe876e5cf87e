from graders.ledger import (
    Ledger,
    adjusted,
    confirm_drafts,
    note_draft,
    open_drafts,
)
from tests.stand_ins.ledgers import A9

PLACE = ("student_a", "A9.1")


def open_of(ledger):
    return ledger.read(lambda connection: open_drafts(connection, A9, ledger.who))


def given(ledger):
    return ledger.read(lambda connection: adjusted(connection, A9))


def test_a_draft_counts_for_nothing_until_it_is_confirmed(ledger):
    note_draft(ledger, A9, *PLACE, 6, "half of it")
    assert open_of(ledger)[PLACE].points == 6
    assert given(ledger) == {}

    (confirmed,) = confirm_drafts(ledger, A9, {PLACE: 8.0})

    (row,) = given(ledger)["student_a"]
    assert (row.points, row.over_points, row.reason) == (6, 8.0, "half of it")
    assert confirmed.reason == "half of it"
    assert open_of(ledger) == {}


def test_a_later_draft_takes_the_place_of_an_earlier_one_and_may_be_taken_back(ledger):
    note_draft(ledger, A9, *PLACE, 6, "half of it")
    note_draft(ledger, A9, *PLACE, 7, "most of it")
    assert open_of(ledger)[PLACE].reason == "most of it"

    note_draft(ledger, A9, *PLACE, None, "")

    assert open_of(ledger) == {}
    assert confirm_drafts(ledger, A9, {PLACE: 8.0}) == []
    assert given(ledger) == {}


def test_only_the_drafts_that_are_meant_count(ledger):
    note_draft(ledger, A9, *PLACE, 6, "")
    note_draft(ledger, A9, "student_b", "A9.1", 3, "")

    confirm_drafts(ledger, A9, {("student_b", "A9.1"): None})

    assert list(given(ledger)) == ["student_b"]
    assert list(open_of(ledger)) == [PLACE]


def test_each_reviewer_has_drafts_of_their_own(ledger):
    note_draft(ledger, A9, *PLACE, 6, "")

    with Ledger(ledger.url, "another_ta") as other:
        assert open_of(other) == {}
        assert confirm_drafts(other, A9, {PLACE: 8.0}) == []
    assert list(open_of(ledger)) == [PLACE]
