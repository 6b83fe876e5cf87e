from datetime import UTC, datetime

from graders.ledger import (
    decide,
    graded_assignments,
    keep_rubric,
    known_rubrics,
    propose,
    standing_rubric,
)
from graders.ledger.rubrics import rubric_of
from tests.stand_ins.ledgers import A9, contents, rubric


def standing(ledger, assignment=A9):
    return ledger.read(lambda connection: standing_rubric(connection, assignment))


def test_a_rubric_is_kept_with_its_text(ledger):
    kept = keep_rubric(ledger, A9, 3, "aabb", '{"title": "Größe"}')

    assert known_rubrics(ledger, A9) == [kept]
    assert (kept.version, kept.marks, kept.text) == (3, "aabb", '{"title": "Größe"}')


def test_the_same_text_is_kept_once(ledger):
    assert rubric(ledger) == rubric(ledger)

    assert len(contents(ledger, "rubrics")["rubrics"]) == 1


def test_equal_texts_of_two_assignments_are_two_rubrics(ledger):
    first = keep_rubric(ledger, A9, 1, "m", "{}")
    second = keep_rubric(ledger, "another", 1, "m", "{}")

    assert first.id != second.id
    assert known_rubrics(ledger, A9) == [first]


def test_rubrics_are_told_oldest_first(ledger):
    kept = [rubric(ledger, version) for version in (3, 1, 2)]

    assert known_rubrics(ledger, A9) == kept


def test_a_rubric_is_found_by_its_row(ledger):
    kept = rubric(ledger, 2)

    assert ledger.read(lambda connection: rubric_of(connection, kept.id)) == kept


def test_no_rubric_stands_before_anything_was_graded(ledger):
    assert standing(ledger) is None


def test_the_first_rubric_stands_until_a_proposal_by_another_is_accepted(ledger):
    first, second = rubric(ledger, 1), rubric(ledger, 2)
    proposal = propose(ledger, A9, "rescore", second.id, "task 1 was unclear")
    assert standing(ledger) == first

    decide(ledger, proposal, accepted=True, reason="yes")

    assert standing(ledger) == second


def test_a_proposal_that_was_turned_down_leaves_the_rubric(ledger):
    first = rubric(ledger, 1)
    proposal = propose(ledger, A9, "rescore", rubric(ledger, 2).id, "unclear")

    decide(ledger, proposal, accepted=False, reason="no")

    assert standing(ledger) == first


def test_the_proposal_that_was_accepted_last_counts_whatever_the_clock_says(
    ledger, monkeypatch
):
    first, second = rubric(ledger, 1), rubric(ledger, 2)
    for number, day in ((second, 2), (first, 1)):
        moment = datetime(2026, 3, day, tzinfo=UTC)
        monkeypatch.setattr("graders.ledger.proposing.now", lambda at=moment: at)
        proposal = propose(ledger, A9, "rescore", number.id, "better")
        decide(ledger, proposal, accepted=True, reason="yes")

    assert standing(ledger) == first


def test_another_assignment_has_a_rubric_of_its_own(ledger):
    other = rubric(ledger, 2, assignment="another")
    first = rubric(ledger)
    decide(
        ledger,
        propose(ledger, "another", "rescore", other.id, ""),
        accepted=True,
        reason="",
    )

    assert standing(ledger) == first


def test_assignments_are_those_that_a_rubric_was_used_for(ledger):
    rubric(ledger, assignment="b")
    rubric(ledger, assignment="a")
    rubric(ledger, 2, assignment="a")

    assert ledger.read(graded_assignments) == ["a", "b"]
