"""`grades.csv`, as nbgrader's own export has it: one row per student."""

from collections.abc import Mapping
from datetime import UTC, datetime

from graders.exports.changes import Export
from graders.exports.class_to_export import ClassToExport, Marked
from graders.exports.lms_table import typed, write_rows
from graders.ledger.identities import KnownAs
from graders.reports.mark_wording import lost_by_lateness
from graders.reports.wording import points

_HEADER = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name"),
    *("email", "raw_score", "late_submission_penalty", "score", "max_score"),
)
_KNOWN_BY = ("roster", "gradescope", "moodle", "canvas", "blackboard")


def export_nbgrader(the_class: ClassToExport) -> Export:
    """The file; times in UTC, a penalty as points that were taken."""
    policy = the_class.graded.rubric.policy
    due = _time(policy.due_at if policy else None)
    rows = [_row(one, the_class, due) for one in the_class.marked]
    return Export(
        content=write_rows([_HEADER, *rows]),
        num_written=len(rows),
        held_back=the_class.held_back,
    )


def _row(one: Marked, the_class: ClassToExport, due: str) -> list[str]:
    known = the_class.identities.get(one.student, {})
    last, first = _names(_fact(known, "name"))
    mark = one.mark
    return [
        the_class.graded.name,
        due,
        _time(one.own.attempt.submitted_at),
        typed(one.student),
        typed(last),
        typed(first),
        typed(_fact(known, "email")),
        points(mark.raw),
        points(lost_by_lateness(mark)),
        points(mark.points),
        points(mark.max_points),
    ]


def _fact(known: Mapping[str, KnownAs], key: str) -> str:
    texts = (known.get(system, {}).get(key, "") for system in _KNOWN_BY)
    return next(filter(None, texts), "")


def _names(name: str) -> tuple[str, str]:
    """Last and first name, where a comma says which is which.

    >>> _names("Doe, Jane"), _names("Jane Doe")
    (('Doe', 'Jane'), ('Jane Doe', ''))
    """
    last, _, first = name.partition(",")
    return last.strip(), first.strip()


def _time(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
