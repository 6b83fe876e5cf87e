"""Networks that were trained while a submission was graded: equal ones are a sign.

Each grading trains with one seed, so whoever builds the same network gets the same
losses to the last digit. Where a task leaves the network to the student, few of a class
should have built the same one.
"""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import islice
from math import isfinite
from typing import Any

import sqlalchemy as sa

from graders.ledger import judged_by_number, stored_records
from graders.records import Ending
from graders.records.storing import StoredAnswer, stored_answers

_AT_A_TIME = 25
_LEAST_EPOCHS = 2
_Sign = tuple[str, str]


def trained_networks(
    connection: sa.Connection, assignment: str, judgements: Mapping[str, int]
) -> dict[str, frozenset[_Sign]]:
    """The learning curves, and the weights after training, of some submissions.

    Args:
        connection: of the ledger.
        assignment: its name.
        judgements: the one that stands, by content.

    Returns:
        Signs of the kind `network`, by content.
    """
    found: dict[str, frozenset[_Sign]] = {}
    waiting = iter(judgements.items())
    while part := dict(islice(waiting, _AT_A_TIME)):
        rows = list(judged_by_number(connection, list(part.values())))
        by_number = {number: content for content, number in part.items()}
        records = stored_records(connection, rows, assignment)
        for row, stored in zip(rows, records, strict=True):
            found[by_number[row.id]] = frozenset(
                sign
                for body in stored.observations.values()
                for sign in _signs(stored_answers(body))
            )
    return found


def _signs(answers: list[StoredAnswer]) -> Iterator[_Sign]:
    trained: set[tuple[str, str]] = set()
    for one in answers:
        question = one.asked()
        if not isinstance(question, dict) or "model" not in question:
            continue
        place = (one.room, repr(question["model"]))
        if question.get("ask") == "fit":
            trained.add(place)
            yield from _curve(question, one)
        elif question.get("ask") == "export" and place in trained:
            yield from _weights(one)


def _curve(question: Mapping[str, Any], answer: StoredAnswer) -> Iterator[_Sign]:
    losses = _value(answer).get("loss")
    if not isinstance(losses, list) or len({*losses}) < _LEAST_EPOCHS:
        return
    if all(type(loss) is float and isfinite(loss) for loss in losses):
        # The same losses on other data are another curve.
        digest = _digest(question.get("x"), question.get("y"), losses)
        epochs = f"{len(losses)} epochs to a loss of {losses[-1]:.6g}"
        yield "network", f"{epochs} ({digest})"


def _weights(answer: StoredAnswer) -> Iterator[_Sign]:
    weights = _value(answer).get("weights")
    if isinstance(weights, list) and weights:
        count = sum(getattr(one, "size", 0) for one in weights)
        yield "network", f"{count:,} equal weights ({_digest(*weights)})"


def _value(answer: StoredAnswer) -> Mapping[str, Any]:
    """What came back; a submission may have sent anything at all."""
    seen = answer.unpack()
    is_told = seen.ending is Ending.RETURNED and isinstance(seen.value, dict)
    return seen.value if is_told else {}


def _digest(*parts: Any) -> str:
    digest = hashlib.sha256()
    for part in parts:
        as_bytes = getattr(part, "tobytes", None)
        digest.update(as_bytes() if as_bytes else repr(part).encode())
    return digest.hexdigest()[:12]
