"""`grade batch ASSIGNMENT SOURCE`: grade a class, print the table of scores."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graders.cli.intake_options import of_a_class
from graders.cli.moments import Moment
from graders.cli.options import num_workers, out, require_tier, scheduler

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graders.batch import BatchOutcome, ResultFolder
    from graders.intake import Intake
    from graders.ledger import Ledger
    from graders.loading import Assignment
    from graders.records import Submission

_MOST_ROWS = 40


@click.command("batch")
@click.argument("assignment")
@click.argument("source", type=click.Path(path_type=Path))
@of_a_class
@num_workers
@scheduler
@click.option(
    "--only",
    metavar="STUDENT",
    multiple=True,
    help="Grade this student; * stands for any text; may be given again.",
)
@click.option(
    "--since",
    type=Moment(ahead=False),
    help="Grade what came since: '2026-10-09 12:00', or 2h before now. Needs --times.",
)
@click.option(
    "--times",
    metavar="FILE|modified",
    help="When each student handed in: a CSV file student,submitted_at; or `modified`,"
    " the files' own dates. Without it times come from the platform, if it tells them.",
)
@click.option(
    "--groups",
    type=click.Path(path_type=Path),
    help="Who is in which group: a CSV file group,student. It is kept.",
)
@click.option(
    "--deadline",
    type=Moment(ahead=True),
    help="Start no more after that: 90m, 17:45. The same command goes on later.",
)
@click.option(
    "--retry-held",
    is_flag=True,
    help="Also run what was held back since it ended two workers.",
)
@out
@require_tier(default="B")
def command(assignment: str, source: Path, **options: Any) -> int:
    """Grade a class: the archive of a platform as it is, or a folder.

    SOURCE is the archive that Canvas, Moodle, Gradescope or Blackboard gave, a folder
    extracted from it, clones of GitHub Classroom, or a folder with one sub-folder or
    one .py file per student. `grade intake` tells what would be graded.

    What is graded already is not graded again; stopped or killed, the same command
    goes on. Grades are kept in the ledger that GRADES_DB names, by default
    grades/ledger.sqlite3.
    """
    from graders.assignments import find_assignment
    from graders.batch import ResultFolder, grade_class
    from graders.cli.intake_options import take_in_class
    from graders.cli.progress import class_progress
    from graders.cli.workplaces import place_of
    from graders.ledger import open_ledger
    from graders.loading import load_assignment
    from graders.records import Tier

    loaded = load_assignment(find_assignment(assignment))
    tier = Tier(options["tier"])
    taken = take_in_class(
        source, loaded, options, modified=options["times"] == "modified"
    )
    submissions = _submissions(taken, loaded, options)
    results = ResultFolder(options["out"] or Path("grades", loaded.listing.name))
    with open_ledger() as ledger:
        _keep_groups(ledger, loaded, options["groups"], taken)
        _keep_identities(ledger, loaded, taken)
        try:
            with class_progress() as progress:
                outcome = grade_class(
                    submissions,
                    loaded,
                    ledger,
                    place_of(loaded, tier, options["workers"], options["scheduler"]),
                    tier=tier,
                    deadline=options["deadline"],
                    retry=options["retry_held"],
                    progress=progress,
                )
        except KeyboardInterrupt:
            results.write(ledger, loaded.listing.name, {})
            raise
        return _show(ledger, loaded, results, outcome, submissions, taken)


def _submissions(
    taken: "Intake", loaded: "Assignment", options: dict[str, Any]
) -> list["Submission"]:
    """Those that are asked for, with the times at which they were handed in."""
    from dataclasses import replace
    from zoneinfo import ZoneInfo

    from graders.cli.intake_text import in_one_line
    from graders.errors import UsageError
    from graders.intake import read_times

    times, since = options["times"], options["since"]
    found = list(taken.submissions)
    if not found:
        raise UsageError(
            f"nobody who handed in can be graded: {in_one_line(taken)}",
            taken.source,
            "`grade intake` says why, and what helps.",
        )
    if times and times != "modified":
        policy = loaded.rubric.policy
        zone = policy.zone if policy and policy.due_at else ZoneInfo("UTC")
        known = read_times(Path(times), zone)
        found = [
            replace(item, submitted_at=known.get(item.student, item.submitted_at))
            for item in found
        ]
    found = _only(found, options["only"])
    if since is None:
        return found
    unknown = [item.student for item in found if item.submitted_at is None]
    if unknown:
        raise UsageError(
            f"it is not known when {unknown[0]!r} handed in",
            "--since",
            "Give the times: --times FILE, or --times modified.",
        )
    return [item for item in found if _submitted(item) >= since]


def _submitted(item: "Submission") -> datetime:
    assert item.submitted_at is not None
    return item.submitted_at


def _only(found: list["Submission"], wanted: tuple[str, ...]) -> list["Submission"]:
    import difflib
    from fnmatch import fnmatchcase

    from graders.errors import UsageError

    if not wanted:
        return found
    for pattern in wanted:
        if not any(fnmatchcase(item.student, pattern) for item in found):
            names = [item.student for item in found]
            near = difflib.get_close_matches(pattern, names, n=1)
            raise UsageError(
                f"nobody here is called {pattern!r}",
                "--only",
                f"Did you mean {near[0]!r}?"
                if near
                else "`grade intake` lists everybody who handed in.",
            )
    return [
        item
        for item in found
        if any(fnmatchcase(item.student, pattern) for pattern in wanted)
    ]


def _keep_identities(ledger: "Ledger", loaded: "Assignment", taken: "Intake") -> None:
    from graders.ledger import Identity, keep_identities

    found = [
        Identity(student=one.student, system=one.system, known_as=one.known_as)
        for one in taken.identities
    ]
    if found:
        reason = f"read from {Path(taken.source).name}"
        keep_identities(ledger, loaded.listing.name, found, reason)


def _keep_groups(
    ledger: "Ledger", loaded: "Assignment", table: Path | None, taken: "Intake"
) -> None:
    from graders.errors import UsageError
    from graders.intake import read_groups
    from graders.ledger import grouped, set_groups

    name = loaded.listing.name
    if table is None and taken.groups:
        before = ledger.read(lambda connection: grouped(connection, name))
        reason = f"the platform's groups in {Path(taken.source).name}"
        set_groups(ledger, name, merged_groups(before, taken.groups), reason)
    if table is None:
        return
    policy = loaded.rubric.policy
    if policy is None or policy.groups is None:
        raise UsageError(
            "this assignment has no groups",
            "--groups",
            "Add `groups: 3` to the policy of its rubric, or leave the option out.",
        )
    groups = read_groups(table, policy.groups)
    set_groups(ledger, name, groups, f"the table {table.name}")


def merged_groups(
    before: "Mapping[str, Sequence[str]]", now: "Mapping[str, Sequence[str]]"
) -> "dict[str, Sequence[str]]":
    """Groups of an archive, and earlier ones but for those whose members moved."""
    moved = {member for members in now.values() for member in members}
    kept = {group: own for group, own in before.items() if not moved & {*own}}
    return {**kept, **now}


def _show(
    ledger: "Ledger",
    loaded: "Assignment",
    results: "ResultFolder",
    outcome: "BatchOutcome",
    submissions: list["Submission"],
    taken: "Intake",
) -> int:
    """Prints what there is now; the exit status."""
    from rich.console import Console

    from graders.cli.intake_text import in_one_line
    from graders.cli.main import EXIT_BROKEN, EXIT_GRADED
    from graders.cli.proposals import tell_proposal
    from graders.ledger import open_proposal
    from graders.reports.class_table import class_table

    name = loaded.listing.name
    rows = results.write(ledger, name, outcome.reasons)
    handed_in = {item.student for item in submissions}
    shown = [row for row in rows if {row.student, row.group} & handed_in]
    console = Console(highlight=False)
    table = class_table(shown, most_rows=_MOST_ROWS, file=str(results.scores))
    console.print(table)
    if outcome.num_reused:
        console.print(f"{outcome.num_reused} were there from an earlier run.")
    for tier, layers in outcome.tiers.items():
        walls = ", ".join(layers) or "nothing but limits"
        console.print(f"Walls:   {tier} ({walls})", soft_wrap=True)
    console.print(f"Scores:  {results.scores}", soft_wrap=True)
    console.print(f"Class:   {results.class_page}", soft_wrap=True)
    console.print(
        f"Reports: {results.folder}/students/STUDENT/report.html, report.md",
        soft_wrap=True,
    )
    if left := in_one_line(taken):
        advice = "`grade intake` says why, and what helps"
        console.print(f"Left over: {left}. {advice}.", soft_wrap=True)
    if proposal := open_proposal(ledger, name):
        tell_proposal(ledger, loaded.listing.names[0], name, proposal)
    broken = outcome.reasons or any(row.mark and row.mark.broken for row in shown)
    return EXIT_BROKEN if broken else EXIT_GRADED
