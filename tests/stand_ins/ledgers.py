"""Small things to record in a ledger."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from graders.ledger import (
    Graded,
    Identity,
    KnownRubric,
    Ledger,
    Run,
    adjust,
    claim,
    extend,
    hand_in,
    hold,
    keep,
    keep_identities,
    keep_rubric,
    note_draft,
    propose,
    publish,
    set_groups,
    start_run,
)
from graders.ledger.tables import metadata
from graders.records import Answer, Ending, Finding, Observation, Outcome, Submission
from graders.records.storing import PackedRecord, pack_observations
from tests.stand_ins.records import KEY, finding, item, record

A9 = "assignment9_small"
GROUPS = {"public": "aa", "hidden": "bb"}


def submission(
    student: str = "student_a", text: str = "x = 1\n", **parts: Any
) -> Submission:
    """A file, as it was handed in."""
    defaults: dict[str, Any] = {
        "filename": "small.py",
        "source": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    return Submission(student=student, **{**defaults, **parts})


def problem(what: str = "The file is empty.") -> Finding:
    return Finding(outcome=Outcome.FAILED, what=what, where="small.py", fix="Save it.")


def observation(group: str = "public", value: Any = 3) -> Observation:
    return Observation(
        group=group,
        room="student",
        check="A9.1.values",
        question={"call": "add", "args": [1, 2]},
        answer=Answer(ending=Ending.RETURNED, value=value),
    )


def packed(
    content: str = KEY.submission,
    points: float = 8,
    outcome: str = "passed",
    **key: Any,
) -> PackedRecord:
    """A grading of a submission: one task of 8 points, two groups of observations."""
    found = finding("A9.1.values", outcome=Outcome(outcome))
    graded = record(
        item(found, id="A9.1", points=points, outcome=Outcome(outcome)),
        assignment=A9,
        key=replace(KEY, submission=content, **key),
        filename="small.py",
        layers=("Landlock", "seccomp"),
        versions=(("numpy", "2.0"),),
    )
    seen = pack_observations([observation("public"), observation("hidden", 4.5)])
    return PackedRecord(graded, seen)


def rubric(ledger: Ledger, version: int = 1, assignment: str = A9) -> KnownRubric:
    return keep_rubric(
        ledger, assignment, version, f"m{version}", f'{{"v": {version}}}'
    )


def run(ledger: Ledger, **options: Any) -> Run:
    return start_run(ledger, "batch", A9, {"survival-school": "0.1"}, **options)


def grade(
    ledger: Ledger,
    a_run: Run,
    handed_in: Submission,
    points: float = 8,
    by: KnownRubric | None = None,
    **parts: Any,
) -> None:
    """Hands a submission in, and keeps what it was graded with."""
    hand_in(ledger, A9, [handed_in], a_run)
    by = by or rubric(ledger)
    kept = packed(handed_in.content, points, **parts)
    keep(ledger, a_run, [Graded(kept, by.id, None)], GROUPS)


def fill(ledger: Ledger, *students: str) -> None:
    """Something in every table, for a few students."""
    a_run, by = run(ledger), rubric(ledger)
    for name in students or ("student_a", "student_b"):
        due = datetime(2026, 10, 9, 20, 0, tzinfo=UTC)
        file = submission(name, f"# {name}\n", submitted_at=due)
        grade(ledger, a_run, file, by=by)
    empty = submission("student_c", "", problem=problem())
    grade(ledger, a_run, empty, points=0, by=by, outcome="failed")
    claim(ledger, a_run, ["a-key"])
    propose(ledger, A9, "rescore", rubric(ledger, 2).id, "a first try")
    propose(ledger, A9, "rescore", rubric(ledger, 2).id, "task 1 was unclear")
    reason = "she showed me"
    adjust(ledger, A9, "student_a", "A9.1", 7.5, over_points=8, reason=reason)
    extend(
        ledger, A9, "student_b", datetime(2026, 10, 12, 20, 0, tzinfo=UTC), "was ill"
    )
    set_groups(ledger, A9, {"g1": ["student_a", "student_b"]}, "the table groups.csv")
    publish(ledger, A9, "all graded")
    hold(ledger, A9, empty.content, held=True, reason="it ended three workers")
    known = Identity(student="student_a", system="canvas", known_as={"user_id": "7"})
    keep_identities(ledger, A9, [known], "the archive week3.zip")
    note_draft(ledger, A9, "student_b", "A9.1", 6, "half of it is shown")


def contents(ledger: Ledger, *tables: str) -> dict[str, list[Any]]:
    """All rows of all tables, or of some."""
    with ledger.reading() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    sa.select(table).order_by(*table.primary_key.columns)
                )
            ]
            for table in metadata.sorted_tables
            if not tables or table.name in tables
        }
