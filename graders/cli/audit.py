"""`grade audit`: who did what to the grades, when and why."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from graders.ledger import Event


@click.command("audit")
@click.argument("assignment", required=False)
@click.option("--student", metavar="NAME", help="What touches the mark of one student.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(assignment: str | None, student: str | None, as_json: bool) -> None:
    """Tell all that was done, of one ASSIGNMENT or of all, newest last.

    Runs, submissions, proposals and decisions, points that persons gave, extensions,
    groups, publications, and submissions that are not run any more. With --student,
    each score of theirs too. Times are in UTC.
    """
    from graders.cli.ledger_words import assignment_name
    from graders.ledger import audit_trail, open_ledger

    with open_ledger(create=False) as ledger, ledger.reading() as connection:
        name = assignment and assignment_name(connection, assignment)
        events = audit_trail(connection, name, student)
        (_print_json if as_json else _print)(events)


def _print(events: Iterable["Event"]) -> None:
    for event in events:
        parts = [f"{event.at:%Y-%m-%dT%H:%M:%SZ}", event.who, event.assignment]
        reason = f" ({event.reason})" if event.reason else ""
        click.echo(_line(f"{'  '.join(parts)}  {event.what}{reason}"))


def _print_json(events: Iterable["Event"]) -> None:
    """One at a time: there may be more than fits in memory."""
    import json
    from dataclasses import asdict

    click.echo('{"schema": 1, "events": [', nl=False)
    separator = "\n"
    for event in events:
        told = {name: _line(str(value)) for name, value in asdict(event).items()}
        told["at"] = event.at.isoformat()
        click.echo(f"{separator}{json.dumps(told, ensure_ascii=False)}", nl=False)
        separator = ",\n"
    click.echo("\n]}")


def _line(text: str) -> str:
    """Words of files and persons, on one line and with nothing unseen in them."""
    from graders.reports.wording import visible

    return visible(" ".join(text.split()) if "\n" in text else text)
