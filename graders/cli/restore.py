"""`grade restore FILE`: put a backup in the place of a ledger that is gone."""

from pathlib import Path

import click


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
def command(file: Path) -> int:
    """Copy a backup into the ledger that GRADES_DB names.

    That ledger must be empty, or not there yet: nothing recorded is ever overwritten.
    It may be in another kind of database than the one that was backed up.

    Exit status: 0 done; 2 the command was wrong; 3 nothing was restored, or what was
    backed up had faults, which are still there.
    """
    from graders.cli.ledger_words import print_faults, print_rows
    from graders.cli.main import EXIT_BROKEN, EXIT_GRADED
    from graders.ledger import open_ledger, restore

    with open_ledger() as ledger:
        copied = restore(file, ledger)
        where = ledger.where
    print_rows(copied.rows)
    print_faults(copied.faults)
    click.echo(f"Restored to: {where}")
    return EXIT_BROKEN if copied.faults else EXIT_GRADED
