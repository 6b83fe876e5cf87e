"""Looks for every kind of fault, one kind after the other."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing

import sqlalchemy as sa

from graders.ledger.opening import Ledger
from graders.ledger.troubles import is_damage
from graders.ledger.verifying import agreement, bodies, database
from graders.ledger.verifying.fault import Fault

_Look = Callable[[sa.Connection], Generator[Fault, None, None]]
_OWN: tuple[_Look, ...] = (database.the_file, database.triggers, database.references)
_LOOKS: tuple[_Look, ...] = (
    bodies.rubric_texts,
    bodies.submitted_texts,
    bodies.problems,
    bodies.stored_observations,
    bodies.stored_findings,
    agreement.attempts,
    agreement.executions_of_one_key,
    agreement.score_sums,
    agreement.scores_of_nothing,
    agreement.mixed_rows,
)


def faults(ledger: Ledger) -> Iterator[Fault]:
    """All that is wrong with a ledger, each by itself; nothing if it is sound.

    Raises:
        LedgerError: if it cannot be read, for another reason than damage.
    """
    yield from own_faults(ledger)
    yield from _found(ledger, _LOOKS)


def own_faults(ledger: Ledger) -> Iterator[Fault]:
    """What is wrong with the database, whatever is recorded in it."""
    yield from _found(ledger, _OWN)


def _found(ledger: Ledger, looks: tuple[_Look, ...]) -> Iterator[Fault]:
    for look in looks:
        with ledger.reading() as connection:
            try:
                with closing(look(connection)) as found:
                    yield from found
            except sa.exc.DBAPIError as error:
                if not is_damage(error):
                    raise
                yield Fault(f"it cannot be read ({error.orig})", _name(look))


def _name(look: _Look) -> str:
    return look.__name__.replace("_", " ")
