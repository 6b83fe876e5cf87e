"""`grade similar ASSIGNMENT`: who should be looked at side by side."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from graders.similarity.comparing import Comparison, Settings

_MOST_SHOWN = 20


@click.command("similar")
@click.argument("assignment")
@click.option(
    "--least",
    type=click.FloatRange(0.05, 1),
    default=0.5,
    show_default=True,
    help="How alike two must be to be named, from 0 to 1.",
)
@click.option(
    "--common",
    type=click.FloatRange(0.01, 1),
    default=0.5,
    show_default=True,
    help="What more than this share of the class has counts for nothing.",
)
@click.option(
    "--across",
    multiple=True,
    metavar="LEDGER",
    help="Compare with an earlier year too: its SQLite file, or its URL. Repeatable.",
)
@click.option(
    "--handout",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Code that was given beside the stub: .py, or .md with Python. Repeatable.",
)
@click.option("--all-attempts", is_flag=True, help="Not only the latest of each.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    show_default="grades/ASSIGNMENT/similar.html",
    help="Where the page is written.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    assignment: str,
    least: float,
    common: float,
    across: tuple[str, ...],
    handout: tuple[Path, ...],
    all_attempts: bool,
    out: Path | None,
    as_json: bool,
) -> int:
    """Compare all submissions of a class, and show which are alike.

    Nothing is run, no points change, and no student is told: it is a hint to a person,
    never a verdict.
    """
    from graders.cli.main import EXIT_GRADED
    from graders.similarity.comparing import Settings, compare
    from graders.similarity.document import as_document
    from graders.similarity.gathering import gather
    from graders.similarity.page import write_page

    settings = Settings(least=least, common=common)
    gathered = gather(assignment, across, handout, all_attempts=all_attempts)
    found = compare(gathered.works, gathered.given, gathered.results, settings)
    path = out or Path("grades", gathered.name, "similar.html")
    write_page(found, gathered.title, settings, path, attempts=all_attempts)
    if as_json:
        click.echo(as_document(found, gathered.name, settings))
    else:
        _tell(found, settings, path, gathered.num_unread, attempts=all_attempts)
    return EXIT_GRADED


def _tell(
    found: "Comparison",
    settings: "Settings",
    path: Path,
    num_unread: int,
    *,
    attempts: bool,
) -> None:
    """A summary for the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from graders.similarity.wording import HINT, besides, named, percent

    console = Console(highlight=False)
    if found.pairs:
        table = Table("alike", "one", "other", "besides", box=None)
        for pair in found.pairs[:_MOST_SHOWN]:
            table.add_row(
                percent(pair.likeness),
                Text(named(pair.one, attempts=attempts)),
                Text(named(pair.other, attempts=attempts)),
                Text(besides(pair)),
            )
        console.print(table)
        if len(found.pairs) > _MOST_SHOWN:
            console.print(f"... and {len(found.pairs) - _MOST_SHOWN} more pairs.")
    for cluster in found.clusters:
        names = ", ".join(named(work, attempts=attempts) for work in cluster.works)
        console.print(Text(f"Alike as a group of {len(cluster.works)}: {names}"))
    pairs = "1 pair" if len(found.pairs) == 1 else f"{len(found.pairs)} pairs"
    compared = f"{found.num_works} submissions of {found.num_students} students"
    console.print(f"{pairs} to be looked at, of {compared}.")
    if num_unread:
        console.print(f"{num_unread} handed in no text that could be compared.")
    console.print(Text(f"Side by side: {path}"))
    console.print(HINT)
