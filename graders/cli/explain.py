"""`grade explain STUDENT ASSIGNMENT [ITEM]`: how a mark came about, from the record."""

import click


@click.command("explain")
@click.argument("student")
@click.argument("assignment")
@click.argument("item", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(student: str, assignment: str, item: str | None, as_json: bool) -> int:
    """Explain a mark, or one item of it with all that was asked.

    All of it comes from the ledger: neither the files nor the checks are needed. It is
    for the teacher, since it shows hidden inputs.
    """
    from graders.cli.explain_text import as_lines, as_plain, require_item
    from graders.cli.main import EXIT_GRADED
    from graders.ledger import open_ledger
    from graders.marks import find_graded, require_student
    from graders.marks.explanation import explain

    with open_ledger() as ledger, ledger.reading() as connection:
        graded = find_graded(connection, assignment)
        require_student(connection, graded.name, student)
        with_questions = item is not None or as_json
        found = explain(connection, graded, student, with_questions=with_questions)
    if item is not None:
        require_item(found, item)
    if as_json:
        click.echo(as_plain(found, item))
        return EXIT_GRADED
    for one in found:
        for line in as_lines(one, item):
            click.echo(line)
    return EXIT_GRADED
