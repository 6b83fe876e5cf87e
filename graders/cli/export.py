"""`grade export ASSIGNMENT --to KIND`: marks as a file that a platform reads."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graders.errors import UsageError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from graders.exports.changes import Export
    from graders.exports.class_to_export import ClassToExport

_TABLES = ("canvas", "moodle", "blackboard")
_KINDS = (*_TABLES, "moodle-feedback", "gradescope", "nbgrader", "junit", "parquet")
_PATH = click.Path(path_type=Path)


@click.command("export")
@click.argument("assignment")
@click.option("--to", "kind", type=click.Choice(_KINDS), required=True)
@click.option(
    "--table",
    type=_PATH,
    help="What the platform exported: a gradebook of Canvas or Blackboard, a grading"
    " worksheet of Moodle.",
)
@click.option("--out", type=_PATH, help="The file to write; a folder for gradescope.")
@click.option(
    "--dry-run", is_flag=True, help="Show what would change; write nothing at all."
)
@click.option(
    "--only",
    metavar="STUDENT",
    multiple=True,
    help="One student; may be given again for others.",
)
@click.option(
    "--include-waiting",
    is_flag=True,
    help="Also marks that a person has yet to complete, to decide or to confirm.",
)
@click.option(
    "--column", default="", help="The assignment's column, by its title or its id."
)
@click.option(
    "--heading",
    "headings",
    metavar="ROLE=TEXT",
    multiple=True,
    help="Moodle in a language that is not known: what identifier, grade, maximum,"
    " changeable, modified, comments are called.",
)
@click.option("--comments", is_flag=True, help="Moodle: fill Feedback comments too.")
@click.option("--encoding", default="", help="Of a table that is not UTF-8 or UTF-16.")
@click.option(
    "--results",
    type=_PATH,
    show_default="grades/ASSIGNMENT",
    help="moodle-feedback: where `grade report` wrote the students' reports.",
)
def command(assignment: str, **options: Any) -> int:
    """Write marks as a file for a platform, made of the platform's own file.

    Marks that wait for a person stay here, and are listed.
    """
    from rich.console import Console

    from graders.cli.export_text import print_export
    from graders.cli.main import EXIT_GRADED
    from graders.exports.class_to_export import class_to_export, require_some
    from graders.ledger import open_ledger
    from graders.marks import find_graded

    _require(options)
    with (
        open_ledger(create=False) as ledger,
        ledger.reading() as connection,
    ):
        graded = find_graded(connection, assignment)
        the_class = class_to_export(
            ledger,
            connection,
            graded,
            only=options["only"],
            include_waiting=options["include_waiting"],
        )
        if not options["dry_run"]:
            require_some(the_class)
        found = _export(options, the_class, connection)
    is_table = options["kind"] in _TABLES
    print_export(found, Console(highlight=False), compared=is_table)
    if options["dry_run"]:
        click.echo("Nothing was written.")
    elif is_table and not found.changes:
        click.echo("No grade would change, so no file was written.")
    else:
        _write(found, options)
    return EXIT_GRADED


def _require(options: dict[str, Any]) -> None:
    kind, table, out = options["kind"], options["table"], options["out"]
    if kind in (*_TABLES, "moodle-feedback") and table is None:
        raise UsageError(
            f"{kind} needs the file that the platform exported",
            "--table",
            "Download it there first: docs/back_to_the_platform.md says where.",
        )
    if out is None and not options["dry_run"]:
        raise UsageError(
            "there is no place to write to",
            "--out",
            "Name a file with --out, or only look with --dry-run.",
        )
    if out is not None and table is not None and out.absolute() == table.absolute():
        raise UsageError(
            "the platform's own file would be overwritten",
            str(out),
            "Give another name with --out, so that there is something to go back to.",
        )


def _export(
    options: dict[str, Any], the_class: "ClassToExport", connection: "sa.Connection"
) -> "Export":
    kind = options["kind"]
    if kind in (*_TABLES, "moodle-feedback"):
        return _into_table(options, the_class)
    if kind == "nbgrader":
        from graders.exports.nbgrader import export_nbgrader

        return export_nbgrader(the_class)
    if kind == "parquet":
        from graders.exports.parquet import export_parquet

        return export_parquet(the_class)
    from graders.exports.junit import export_junit
    from graders.exports.results_of_class import export_gradescope
    from graders.marks import records_of

    marks = [one.own for one in the_class.marked]
    records = records_of(connection, the_class.graded.name, marks)
    return (export_junit if kind == "junit" else export_gradescope)(the_class, records)


def _into_table(options: dict[str, Any], the_class: "ClassToExport") -> "Export":
    from graders.exports.lms_table import read_table

    kind = options["kind"]
    table = read_table(options["table"], options["encoding"])
    if kind == "canvas":
        from graders.exports.canvas import export_canvas

        return export_canvas(the_class, table, options["column"])
    if kind == "blackboard":
        from graders.exports.blackboard import export_blackboard

        return export_blackboard(the_class, table, options["column"])
    from graders.exports.moodle import export_moodle
    from graders.exports.moodle_feedback import export_moodle_feedback
    from graders.exports.worksheet_headings import read_headings

    headings = read_headings(options["headings"])
    if kind == "moodle":
        return export_moodle(
            the_class, table, headings, with_comments=options["comments"]
        )
    results = options["results"] or Path("grades", the_class.graded.name)
    return export_moodle_feedback(the_class, table, headings, results)


def _write(found: "Export", options: dict[str, Any]) -> None:
    from graders.exports.writing import write_file, write_folder

    out: Path = options["out"]
    if not found.files:
        write_file(out, found.content)
    elif len(found.files) == 1 and out.suffix == ".json":
        write_file(out, next(iter(found.files.values())))
    else:
        write_folder(out, found.files)
    click.echo(f"Written: {out}")
