"""Attempts as they count: the same file handed in twice in a row is one attempt."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from graders.ledger import Attempt


def distinct_attempts(handed_in: Iterable[Attempt]) -> Sequence[Attempt]:
    """One attempt for each file in a row, with the earliest time that is known of it.

    Who hands in once more what was there already is not later for it. So a folder
    that was copied, and has new dates, makes nobody late either.

    Args:
        handed_in: attempts of one student, in order.
    """
    return [
        _earliest(list(same)) for _, same in groupby(handed_in, lambda one: one.content)
    ]


def _earliest(same: Sequence[Attempt]) -> Attempt:
    times = [one.submitted_at for one in same if one.submitted_at is not None]
    return replace(same[0], submitted_at=min(times, default=None))
