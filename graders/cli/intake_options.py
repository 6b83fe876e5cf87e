"""What `grade batch` and `grade intake` are told of a class."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from graders.intake import Intake
    from graders.loading import Assignment

_PLATFORMS = ("canvas", "moodle", "gradescope", "blackboard", "github", "plain")


def of_a_class(function: Any) -> Any:
    """`--roster`, `--attempts` and `--from`."""
    roster = click.option(
        "--roster",
        type=click.Path(path_type=Path),
        help="Who is in the class: the platform's gradebook or worksheet, or a CSV"
        " file student,name,email,...",
    )
    attempts = click.option(
        "--attempts",
        type=click.Choice(["latest", "first"]),
        default="latest",
        show_default=True,
        help="Which one counts, where an archive has several.",
    )
    dialect = click.option(
        "--from",
        "dialect",
        type=click.Choice(_PLATFORMS),
        help="The platform that wrote the archive, if its names do not tell.",
    )
    return roster(attempts(dialect(function)))


def take_in_class(
    source: Path, loaded: "Assignment", options: dict[str, Any], *, modified: bool
) -> "Intake":
    """What would be graded of it, and what becomes of the rest."""
    from zoneinfo import ZoneInfo

    from graders.intake import Asked, Attempts, take_in

    policy = loaded.rubric.policy
    asked = Asked(
        file=loaded.rubric.file,
        defines=_defined_by(loaded.listing.folder / loaded.listing.file),
        other_files=_files_of_others(loaded),
        zone=policy.zone if policy and policy.due_at else ZoneInfo("UTC"),
        largest_group=policy.groups if policy else None,
        attempts=Attempts(options["attempts"]),
    )
    return take_in(
        source,
        asked,
        dialect=options["dialect"],
        roster=options["roster"],
        known=_known(loaded.listing.name),
        modified=modified,
    )


def _defined_by(stub: Path) -> frozenset[str]:
    """Functions and classes that students are to write; none if there is no stub."""
    import ast

    if not stub.is_file():
        return frozenset()
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    tree = ast.parse(stub.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, definitions))


def _files_of_others(loaded: "Assignment") -> dict[str, str]:
    from graders.assignments import list_assignments

    return {
        other.file: other.names[0]
        for other in list_assignments()
        if other.file != loaded.rubric.file
    }


def _known(assignment: str) -> Any:
    """Who is who by earlier runs; looking makes no ledger."""
    from graders.errors import NoLedger
    from graders.ledger import identities_of, open_ledger

    try:
        ledger = open_ledger(create=False)
    except NoLedger:  # Nobody is known yet.
        return {}
    with ledger:
        return ledger.read(lambda connection: identities_of(connection, assignment))
