"""`grade verify-ledger`: look for faults in what is recorded."""

import click


@click.command("verify-ledger")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(as_json: bool) -> int:
    """Read all that is recorded, and say what is damaged, changed or missing.

    The ledger is the one that GRADES_DB names; nothing in it is changed. To look at a
    backup: GRADES_DB=sqlite:///FILE grade verify-ledger

    Exit status: 0 it is sound; 2 there is no ledger; 3 it has faults.
    """
    import json

    from graders.cli.ledger_words import print_faults, print_rows
    from graders.cli.main import EXIT_BROKEN, EXIT_GRADED
    from graders.ledger import count_rows, faults, open_ledger
    from graders.reports.wording import visible

    with open_ledger(create=False) as ledger:
        rows = count_rows(ledger)
        if as_json:
            found = list(faults(ledger))
            told = [
                {"where": visible(one.where), "what": visible(one.what)}
                for one in found
            ]
            document = {"ledger": ledger.where, "rows": dict(rows), "faults": told}
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
            return EXIT_BROKEN if found else EXIT_GRADED
        print_rows(rows)
        num_faults = print_faults(faults(ledger))
        where = ledger.where
    if num_faults:
        click.echo("Keep the ledger as it is, and restore a backup: `grade restore`.")
        return EXIT_BROKEN
    click.echo(f"No faults in {where}")
    return EXIT_GRADED
