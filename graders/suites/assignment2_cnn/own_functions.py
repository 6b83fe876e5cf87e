"""Right values for what a student's own functions get wrong, and for nothing else.

Most checks of A2.2 to A2.4 give right values for all of A2.1. A check of each task
runs with what the file itself holds, as a user of it would.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from graders.checks import Student, Verdict, equal
from graders.records import Outcome

Rows = Sequence[tuple[tuple[int, ...], Any]]


def corrections(
    student: Student, tables: Mapping[str, Rows]
) -> dict[str, list[Any]] | None:
    """The rows that the functions of the file answer otherwise.

    None if one of them does not answer at all: it has lost its own points for it, and
    there is nothing to run end to end.
    """
    try:
        return {
            name: [row for row in rows if not _answers(student, name, *row)]
            for name, rows in tables.items()
        }
    except Verdict:
        return None


def _answers(student: Student, name: str, args: tuple[int, ...], want: Any) -> bool:
    got = getattr(student, name)(*args)
    return equal(got, want, of=f"`{name}`").outcome is Outcome.PASSED
