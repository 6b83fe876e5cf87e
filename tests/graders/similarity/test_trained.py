import numpy as np
import pytest

from graders.ledger import standing
from graders.records import Answer, Ending, Observation
from graders.similarity.trained import trained_networks
from tests.stand_ins.ledgers import (
    A9,
    Graded,
    PackedRecord,
    hand_in,
    keep,
    pack_observations,
    packed,
    rubric,
    run,
    submission,
)

X, Y = np.ones((4, 2)), np.zeros(4)


def seen(value, ending=Ending.RETURNED, **question):
    return Observation(
        group="hidden",
        room="clean",
        check="A9.1.trains",
        question={"model": 3, **question},
        answer=Answer(ending=ending, value=value),
    )


def fit(losses, x=X, **parts):
    return seen({"loss": losses}, ask="fit", x=x, y=Y, epochs=len(losses), **parts)


def export(*weights, model=3):
    return seen({"weights": list(weights)}, ask="export", model=model)


@pytest.fixture
def networks(ledger):
    """Of submissions whose gradings have asked some questions."""

    def of(**asked):
        a_run, by = run(ledger), rubric(ledger)
        handed = {name: submission(name, f"# {name}\n") for name in asked}
        hand_in(ledger, A9, list(handed.values()), a_run)
        for name, one in handed.items():
            head = packed(one.content).record
            record = PackedRecord(head, pack_observations(asked[name]))
            keep(ledger, a_run, [Graded(record, by.id, None)], {"hidden": "bb"})
        with ledger.reading() as connection:
            judged = {row.content: row.judgement for row in standing(connection, A9)}
            found = trained_networks(connection, A9, judged)
        return {name: found[one.content] for name, one in handed.items()}

    return of


def test_equal_losses_on_equal_data_are_one_network(networks):
    found = networks(student_a=[fit([0.7, 0.31])], student_b=[fit([0.7, 0.31])])

    assert found["student_a"] == found["student_b"]
    ((kind, text),) = found["student_a"]
    assert kind == "network"
    assert text.startswith("2 epochs to a loss of 0.31 (")


@pytest.mark.parametrize("other", [fit([0.7, 0.32]), fit([0.7, 0.31], x=X + 1)])
def test_other_losses_or_other_data_are_another(networks, other):
    found = networks(student_a=[fit([0.7, 0.31])], student_b=[other])

    assert found["student_a"].isdisjoint(found["student_b"])


def test_weights_are_compared_after_training_only(networks):
    own = export(np.ones((2, 3)), np.zeros(3))

    found = networks(student_a=[own], student_b=[fit([0.7, 0.31]), own])

    assert found["student_a"] == set()
    assert any(text.startswith("9 equal weights (") for _, text in found["student_b"])


@pytest.mark.parametrize(
    "odd",
    [
        fit([0.5]),
        fit([0.5, 0.5]),
        fit([0.5, float("nan")]),
        fit(["a", "b"]),
        seen("nonsense", ask="fit"),
        seen({"loss": [0.7, 0.3]}, Ending.TIMED_OUT, ask="fit"),
        seen({"loss": 7}, ask="fit"),
        seen([0.7, 0.3], ask="call"),
    ],
)
def test_what_tells_nothing_is_no_sign(networks, odd):
    assert networks(student_a=[odd]) == {"student_a": frozenset()}
