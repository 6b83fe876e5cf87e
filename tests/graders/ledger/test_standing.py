import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graders.ledger import (
    Graded,
    decide,
    judged,
    keep,
    keep_scores,
    propose,
    score_row,
    standing,
)
from graders.records import STYLE, Finding, ItemScore, Outcome, Score
from tests.stand_ins.ledgers import A9, GROUPS, packed, rubric, run
from tests.stand_ins.records import KEY, item


@pytest.fixture
def by(ledger):
    return rubric(ledger)


@pytest.fixture
def graded(ledger, by):
    """One submission with 8 points; its judgement."""
    keep(ledger, run(ledger), [Graded(packed(points=8), by.id, None)], GROUPS)
    with ledger.reading() as connection:
        (found,) = judged(connection, A9, KEY.suite)
    return found.id


def stands(ledger, proposal=None, **options):
    with ledger.reading() as connection:
        return [
            row.points for row in standing(connection, A9, proposal=proposal, **options)
        ]


def score_again(ledger, judgement, by, points, proposal=None):
    record = packed(points=points).record
    row = score_row(A9, record.key.submission, judgement, record.score, by.id, proposal)
    keep_scores(ledger, [row])


def test_a_score_without_a_proposal_stands_at_once(ledger, graded):
    assert stands(ledger) == [8]


def test_a_proposed_score_does_not_count_before_it_is_accepted(ledger, graded, by):
    made = propose(ledger, A9, "rescore", by.id, "unclear")
    score_again(ledger, graded, by, 6, made.id)

    assert stands(ledger) == [8]
    assert stands(ledger, proposal=made.id) == [6]

    decide(ledger, made, accepted=True, reason="yes")
    assert stands(ledger) == [6]


def test_a_score_that_was_turned_down_never_counts(ledger, graded, by):
    made = propose(ledger, A9, "rescore", by.id, "unclear")
    score_again(ledger, graded, by, 6, made.id)

    decide(ledger, made, accepted=False, reason="no")

    assert stands(ledger) == [8]


def test_a_proposal_that_is_superseded_never_counts(ledger, graded, by):
    for points in (6, 5):
        made = propose(ledger, A9, "rescore", by.id, "unclear")
        score_again(ledger, graded, by, points, made.id)

    decide(ledger, made, accepted=True, reason="yes")

    assert stands(ledger) == [5]


def test_a_first_score_that_is_merely_proposed_does_not_stand(ledger, by):
    made = propose(ledger, A9, "batch", by.id, "new checks")
    keep(ledger, run(ledger), [Graded(packed(), by.id, made.id)], GROUPS)

    assert stands(ledger) == []
    assert stands(ledger, proposal=made.id) == [8]


def test_scores_are_told_by_content_and_can_be_those_of_one(ledger, by):
    rows = [
        Graded(packed(content, points), by.id, None)
        for content, points in (("b", 2), ("a", 1), ("c", 3))
    ]
    keep(ledger, run(ledger), rows, GROUPS)

    assert stands(ledger) == [1, 2, 3]
    assert stands(ledger, content="b") == [2]


def test_scores_of_another_assignment_are_not_told(ledger, graded):
    with ledger.reading() as connection:
        assert list(standing(connection, "another")) == []


def test_the_note_of_what_could_not_be_run_is_told(ledger, graded):
    with ledger.reading() as connection:
        (row,) = standing(connection, A9)

    assert (row.note, row.judgement, row.decided) == ("", graded, True)


quarters = st.integers(0, 400).map(lambda number: number / 4)
outcomes = st.sampled_from(Outcome)


def items(name):
    return st.builds(
        ItemScore,
        id=st.just(name),
        title=st.just(name.upper()),
        points=quarters,
        max_points=quarters,
        outcome=outcomes,
        findings=st.just(()),
        bonus=st.booleans(),
    )


scores = st.builds(
    Score,
    items=st.tuples()
    | st.tuples(items("A9.1"))
    | st.tuples(items("B"), items("Größe")),
    style=st.none() | items(STYLE),
)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(scores)
def test_any_score_comes_back_as_it_was_but_for_its_findings(ledger, by, graded, score):
    row = score_row(A9, KEY.submission, graded, score, by.id, None)
    keep_scores(ledger, [row])

    with ledger.reading() as connection:
        (row,) = standing(connection, A9)
    again = row.score({name: name.upper() for name, *_ in row.items})

    assert again == score
    assert (row.points, row.decided) == (score.points, not score.broken)


def test_a_title_that_is_not_known_is_the_id(ledger, graded):
    with ledger.reading() as connection:
        (row,) = standing(connection, A9)

    assert [one.title for one in row.score({}).items] == ["A9.1"]


def test_the_number_of_faults_is_told(ledger, by):
    found = (
        Finding(outcome=Outcome.FAILED, check="a"),
        Finding(outcome=Outcome.FAILED, check="b"),
        Finding(outcome=Outcome.PASSED, check="c"),
    )
    row = score_row(A9, "c", 1, Score(items=(item(*found),)), by.id, None)

    assert row["items"][0][5] == 2
