"""What stands, and which of it the checks of now would have to judge again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from graders.keys import blank_key, group_keys, versions
from graders.ledger import Judged, judged, judged_by_number, standing
from graders.ledger.tables import executions
from graders.loading import Assignment
from graders.records import RecordKey
from graders.regrade.judging_again import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """All submissions that have a score, by their contents.

    Args:
        standing: the judgement that each one's score was given for, and the row of
            the rubric that gave it.
        current: judgements by the checks of now, of those that have one.
        orders: what can be judged again.
        to_run: what has to be run again, and why.
    """

    standing: Mapping[str, tuple[int, int]]
    current: Mapping[str, int]
    orders: tuple[Order, ...]
    to_run: Mapping[str, str]


def take_inventory(connection: sa.Connection, assignment: Assignment) -> Inventory:
    """Compares the hash of each group of checks with the one that it was judged by.

    What was graded with other data has to be run again. So has what was graded in
    another environment, if there is anything to judge in it: the right answers would
    be computed in this one. A judgement that an earlier replay, or a run, has left is
    taken as it is.
    """
    name, blank = assignment.listing.name, blank_key(assignment, 0)
    stands = {
        row.content: (row.judgement, row.rubric) for row in standing(connection, name)
    }
    left = {
        row.key: row.id
        for row in judged(connection, name, blank.suite)
        if row.key.data == blank.data
    }
    sorting = _Sorting(connection, blank, group_keys(assignment))
    has_style = assignment.rubric.style is not None
    current: dict[str, int] = {}
    orders: list[Order] = []
    to_run: dict[str, str] = {}
    for row in judged_by_number(connection, [number for number, _ in stands.values()]):
        content = row.key.submission
        as_of_now = replace(
            row.key, suite=blank.suite, environment=blank.environment, data=blank.data
        )
        if sorting.is_current(row):
            current[content] = row.id
        elif as_of_now in left:
            current[content] = left[as_of_now]
        elif reason := sorting.reason_to_run(row):
            to_run[content] = reason
        else:
            orders.append(sorting.order(row, has_style=has_style))
    return Inventory(
        standing=stands, current=current, orders=tuple(orders), to_run=to_run
    )


class _Sorting:
    """Tells what is to be done with a judgement.

    Args:
        connection: of the ledger.
        blank: key of now, but for the submission.
        groups: hash of each group of checks now.
    """

    def __init__(
        self, connection: sa.Connection, blank: RecordKey, groups: Mapping[str, str]
    ) -> None:
        self._connection, self._blank, self._groups = connection, blank, groups
        self._environments: dict[str, str] = {}

    def is_current(self, row: Judged) -> bool:
        return row.groups == self._groups and row.key.data == self._blank.data

    def reason_to_run(self, row: Judged) -> str:
        """Why recorded answers are not good any more; empty if they are."""
        if row.key.data != self._blank.data:
            return "the data that checks use has changed"
        if row.key.environment == self._blank.environment:
            return ""
        if row.key.environment not in self._environments:
            before = self._connection.scalar(
                sa.select(executions.c.versions).where(executions.c.id == row.execution)
            )
            self._environments[row.key.environment] = _what_differs(before or {})
        return self._environments[row.key.environment]

    def order(self, row: Judged, *, has_style: bool) -> Order:
        changed = tuple(
            group
            for group, digest in self._groups.items()
            if row.groups.get(group) != digest
        )
        # What changes the judging of style changes all groups.
        style = has_style and set(changed) == set(self._groups)
        return Order(judgement=row.id, groups=changed, style=style)


def _what_differs(before: Mapping[str, str]) -> str:
    """`graded with numpy 2.3.1; here is 2.4.0`."""
    told = [
        f"{name} {before.get(name, 'none')}, now {number}"
        for name, number in versions().items()
        if before.get(name) != number
    ]
    return f"the environment has changed: {'; '.join(told) or 'it is not known how'}"
