"""Who grades what, now and before; and who grades a key, so that nobody else does."""

import os
import socket
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from graders.ledger.clock import now, shared_now
from graders.ledger.inserting import insert_new, insert_row
from graders.ledger.opening import Ledger
from graders.ledger.processes import machine_id, process_id
from graders.ledger.tables import claims, coordinators, runs

SEEN_EVERY_S = 10
_GONE_AFTER = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Run:
    """One command that grades.

    Args:
        id: its row.
        assignment: what is graded.
        waited_for: whether a person waits for it, as for one student's file.
    """

    id: int
    assignment: str
    waited_for: bool


def start_run(
    ledger: Ledger,
    kind: str,
    assignment: str,
    versions: dict[str, str],
    *,
    waited_for: bool = False,
) -> Run:
    """Records that a run starts, and that it is alive."""

    def write(connection: sa.Connection) -> Run:
        row = {
            "kind": kind,
            "assignment": assignment,
            "who": ledger.who,
            "host": socket.gethostname(),
            "versions": versions,
            "at": now(),
        }
        run = Run(insert_row(connection, runs, row), assignment, waited_for)
        _be_seen(connection, run)
        return run

    return ledger.write(write)


def still_here(ledger: Ledger, run: Run) -> None:
    """To be called every `SEEN_EVERY_S`: who is not seen for long has ended."""
    ledger.write(lambda connection: _be_seen(connection, run))


def end_run(ledger: Ledger, run: Run) -> None:
    """Gives back all that the run has claimed."""

    def write(connection: sa.Connection) -> None:
        for table in (claims, coordinators):
            connection.execute(sa.delete(table).where(table.c.run_id == run.id))

    ledger.write(write)


def claim(ledger: Ledger, run: Run, keys: Iterable[str]) -> set[str]:
    """Those of the keys that this run may execute: nobody alive is at them.

    What a run had claimed that was killed is free.
    """
    wanted = list(keys)

    def write(connection: sa.Connection) -> set[str]:
        _be_seen(connection, run)
        gone = [row.run_id for row in _coordinators(connection) if row.is_gone]
        if gone:
            for table in (claims, coordinators):
                connection.execute(sa.delete(table).where(table.c.run_id.in_(gone)))
        if wanted:
            rows = [{"key": key, "run_id": run.id} for key in wanted]
            connection.execute(insert_new(connection, claims), rows)
        mine = sa.select(claims.c.key).where(claims.c.run_id == run.id)
        return set(connection.scalars(mine)) & set(wanted)

    return ledger.write(write)


def release(ledger: Ledger, run: Run, keys: Collection[str]) -> None:
    """Gives claims back, of what is recorded or was given up."""
    rows = sa.delete(claims).where(claims.c.run_id == run.id, claims.c.key.in_(keys))
    ledger.write(lambda connection: connection.execute(rows))


def somebody_waits(ledger: Ledger, run: Run) -> bool:
    """Whether a run that a person waits for is under way on this machine."""
    found = ledger.read(_coordinators)
    return any(
        other.waited_for
        and other.run_id != run.id
        and other.host == socket.gethostname()
        and not other.is_gone
        for other in found
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coordinator:
    run_id: int
    host: str
    waited_for: bool
    is_gone: bool


def _coordinators(connection: sa.Connection) -> list[_Coordinator]:
    at = shared_now(connection)
    return [
        _Coordinator(
            run_id=row.run_id,
            host=row.host,
            waited_for=row.waited_for,
            is_gone=_is_gone(row, at),
        )
        for row in connection.execute(sa.select(coordinators))
    ]


def _is_gone(row: Any, at: datetime) -> bool:
    """Whether a coordinator has ended without saying so."""
    machine = row.started.rpartition(" ")[0]
    if machine and (row.host, machine) == (socket.gethostname(), machine_id()):
        return process_id(row.pid) != row.started
    return at - row.seen_at > _GONE_AFTER


def _be_seen(connection: sa.Connection, run: Run) -> None:
    """Says that a run is alive; anew, if it was taken for one that had ended."""
    at = shared_now(connection)
    known = sa.update(coordinators).where(coordinators.c.run_id == run.id)
    if connection.execute(known.values(seen_at=at)).rowcount:
        return
    connection.execute(
        sa.insert(coordinators).values(
            run_id=run.id,
            host=socket.gethostname(),
            pid=os.getpid(),
            started=process_id(os.getpid()),
            waited_for=run.waited_for,
            seen_at=at,
        )
    )
