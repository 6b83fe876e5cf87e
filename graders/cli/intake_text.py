"""What became of everything that was handed over, for people and for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from graders.reports.wording import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from graders.intake import Intake

_MOST_LINES = 40
_TOLD_STUDENTS = ("ambiguous", "unmatched", "not handed in")
_TOLD_FILES = ("unmatched", "refused", "older attempt")


def tell_intake(taken: "Intake") -> None:
    """Counts, then whatever asks for a person."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    console.print(f"{one_line(taken.source)}: {taken.dialect}", soft_wrap=True)
    console.print()
    console.print(_counts("files", (file.category for file in taken.files)))
    console.print()
    console.print(_counts("students", (one.standing for one in taken.students)))
    tell_exceptions(console, taken, most_lines=_MOST_LINES)


def tell_exceptions(console: "Console", taken: "Intake", *, most_lines: int) -> None:
    """Each file, student and note that a person should know of, with the remedy."""
    for title, entries in _exceptions(taken):
        if not entries:
            continue
        console.print()
        console.print(title, style="bold")
        for what, fix in entries[:most_lines]:
            console.print(f"  {what}", soft_wrap=True)
            if fix:
                console.print(f"    {fix}", soft_wrap=True)
        if len(entries) > most_lines:
            left = len(entries) - most_lines
            console.print(f"  ... and {left} more: `grade intake --json` has all.")


def in_one_line(taken: "Intake") -> str:
    """How many files and students ask for a person; empty if none do."""
    files = Counter(
        file.category.value
        for file in taken.files
        if file.category.value in ("refused", "unmatched")
    )
    people = Counter(
        one.standing.value
        for one in taken.students
        if one.standing.value in _TOLD_STUDENTS
    )
    parts = [_counted(number, "file", word) for word, number in files.items()]
    parts += [_counted(number, "student", word) for word, number in people.items()]
    return ", ".join(parts)


def _counted(number: int, noun: str, word: str) -> str:
    return f"{number} {noun} {word}" if number == 1 else f"{number} {noun}s {word}"


def document(taken: "Intake") -> dict[str, Any]:
    """All of it, for programs."""
    return {
        "source": taken.source,
        "from": taken.dialect,
        "counts": {
            "files": Counter(file.category.value for file in taken.files),
            "students": Counter(one.standing.value for one in taken.students),
        },
        "submissions": [
            {
                "student": one.student,
                "file": one.filename,
                "sha256": one.sha256,
                "submitted_at": one.submitted_at and one.submitted_at.isoformat(),
                "problem": one.problem and one.problem.what,
            }
            for one in taken.submissions
        ],
        "files": [
            {
                "path": file.path,
                "category": file.category.value,
                "student": file.student,
                "why": file.why,
                "fix": file.fix,
            }
            for file in taken.files
        ],
        "students": [
            {
                "student": one.student,
                "place": one.place,
                "standing": one.standing.value,
                "why": one.why,
                "fix": one.fix,
            }
            for one in taken.students
        ],
        "identities": [
            {
                "student": one.student,
                "system": one.system,
                "known_as": dict(one.known_as),
            }
            for one in taken.identities
        ],
        "groups": {name: list(members) for name, members in taken.groups.items()},
        "notes": [{"about": note.about, "what": note.what} for note in taken.notes],
    }


def one_line(text: str) -> str:
    """Text of others on one line of ours."""
    return visible(text).replace("\n", "�").replace("\t", " ")


def _exceptions(taken: "Intake") -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Sections with their lines; what needs a person most comes first."""
    for standing in _TOLD_STUDENTS:
        people = [one for one in taken.students if one.standing == standing]
        lines = [_line(one.place, one.student, one.why) for one in people]
        fixes = [one_line(one.fix) for one in people]
        yield f"Students: {standing}", list(zip(lines, fixes, strict=True))
    nothing = [
        (_line(one.student, "", one.problem.what), one_line(one.problem.fix))
        for one in taken.submissions
        if one.problem
    ]
    yield "Students: nothing to run, so 0 points", nothing
    for category in _TOLD_FILES:
        files = [file for file in taken.files if file.category == category]
        lines = [_line(file.path, file.student, file.why) for file in files]
        fixes = [one_line(file.fix) for file in files]
        yield f"Files: {category}", list(zip(lines, fixes, strict=True))
    yield "Notes", [(_line(note.about, "", note.what), "") for note in taken.notes]


def _line(what: str, student: str, why: str) -> str:
    whose = f" ({one_line(student)})" if student and student not in what else ""
    return f"{one_line(what)}{whose}" + (f": {one_line(why)}" if why else "")


def _counts(title: str, found: Iterable[Any]) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=True)
    table.add_column(title)
    table.add_column("", justify="right")
    counts = Counter(one.value for one in found)
    for word, number in counts.most_common():
        table.add_row(word, str(number))
    table.add_row("in all", str(sum(counts.values())))
    return table
