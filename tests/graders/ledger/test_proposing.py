from concurrent.futures import ThreadPoolExecutor

import pytest

from graders.errors import UsageError
from graders.ledger import Ledger, decide, open_proposal, propose
from tests.stand_ins.ledgers import A9, contents, rubric


def decisions(ledger):
    rows = contents(ledger, "decisions")["decisions"]
    return [(number, accepted, reason) for number, accepted, _, reason, _ in rows]


@pytest.fixture
def by(ledger):
    return rubric(ledger).id


def test_nothing_waits_for_a_decision_before_anything_was_proposed(ledger):
    assert open_proposal(ledger, A9) is None


def test_a_proposal_waits_for_a_decision(ledger, by):
    made = propose(ledger, A9, "rescore", by, "task 1 was unclear")

    assert open_proposal(ledger, A9) == made
    assert (made.kind, made.rubric, made.who) == ("rescore", by, "ta")
    assert made.reason == "task 1 was unclear"
    assert open_proposal(ledger, "another") is None


@pytest.mark.parametrize("accepted", [True, False])
def test_a_proposal_is_decided_once(ledger, by, accepted):
    made = propose(ledger, A9, "rescore", by, "unclear")
    decide(ledger, made, accepted=accepted, reason="first")

    with pytest.raises(UsageError) as told:
        decide(ledger, made, accepted=not accepted, reason="second")

    assert told.value.what == f"proposal {made.id} was decided otherwise meanwhile"
    assert "`grade audit`" in told.value.fix
    assert decisions(ledger) == [(made.id, accepted, "first")]
    assert open_proposal(ledger, A9) is None


def test_deciding_the_same_again_changes_nothing(ledger, by):
    made = propose(ledger, A9, "rescore", by, "unclear")

    for reason in ("first", "second"):
        decide(ledger, made, accepted=True, reason=reason)

    assert decisions(ledger) == [(made.id, True, "first")]


def test_a_newer_proposal_turns_down_the_one_that_waits(ledger, by):
    older = propose(ledger, A9, "rescore", by, "a first try")
    newer = propose(ledger, A9, "replay", by, "a second try")

    assert open_proposal(ledger, A9) == newer
    assert decisions(ledger) == [(older.id, False, "a newer one was made")]
    with pytest.raises(UsageError, match="was decided otherwise meanwhile"):
        decide(ledger, older, accepted=True, reason="too late")


def test_proposals_of_two_assignments_wait_side_by_side(ledger, by):
    first = propose(ledger, A9, "rescore", by, "")
    second = propose(ledger, "another", "rescore", by, "")

    assert open_proposal(ledger, A9) == first
    assert open_proposal(ledger, "another") == second


def test_of_many_who_propose_at_once_one_waits(ledger, ledger_url, by):
    def one_of_them(number):
        with Ledger(ledger_url, "ta") as own:
            propose(own, A9, "rescore", by, str(number))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(one_of_them, range(12)))

    assert len(decisions(ledger)) == 11
    assert not any(accepted for _, accepted, _ in decisions(ledger))


def test_of_two_who_decide_otherwise_at_once_one_is_told(ledger, ledger_url, by):
    made = propose(ledger, A9, "rescore", by, "unclear")

    def one_of_them(accepted):
        with Ledger(ledger_url, "ta") as own:
            try:
                decide(own, made, accepted=accepted, reason="")
            except UsageError as error:
                return error.what
            return ""

    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(one_of_them, (True, False)))

    assert sorted(map(bool, told)) == [False, True]
    assert len(decisions(ledger)) == 1
