"""`grade backup`: copy the ledger to one file."""

from pathlib import Path

import click


@click.command("backup")
@click.argument("file", required=False, type=click.Path(path_type=Path))
def command(file: Path | None) -> int:
    """Copy all that is recorded to FILE, one SQLite file that is not there yet.

    Without FILE it is grades/backups/ledger-DATE-TIME.sqlite3. Whatever database the
    ledger is in, others may go on writing in it: the copy holds one moment. It is read
    again to see that it is whole. `grade restore FILE` is the way back.

    Exit status: 0 done; 2 the command was wrong; 3 there is no backup, or the ledger
    itself has faults, which are in the backup too.
    """
    from datetime import datetime

    from graders.cli.ledger_words import print_faults, print_rows
    from graders.cli.main import EXIT_BROKEN, EXIT_GRADED
    from graders.ledger import back_up, open_ledger

    name = f"ledger-{datetime.now().astimezone():%Y%m%d-%H%M%S}.sqlite3"
    path = file or Path("grades", "backups", name)
    with open_ledger(create=False) as ledger:
        copied = back_up(ledger, path)
    print_rows(copied.rows)
    print_faults(copied.faults)
    click.echo(f"Backup: {path}")
    return EXIT_BROKEN if copied.faults else EXIT_GRADED
