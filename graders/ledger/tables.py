"""The tables. Every change of them is also a file in `migrations/versions`.

What was recorded is never changed and never deleted: triggers refuse it. The two
tables of `WORKING` say what is going on now, and only now.
"""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time with a zone; comes back in UTC from every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> Any:
        """To UTC. A time without a zone is a mistake of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        """SQLite keeps no zone, as it is UTC; PostgreSQL gives that of the session."""
        if value is None:
            return None
        known = value.replace(tzinfo=UTC) if value.tzinfo is None else value
        return known.astimezone(UTC)


NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> sa.Column[int]:
    return sa.Column("id", NUMBER, primary_key=True)


def _to(name: str, *, null: bool = False, index: bool = False) -> sa.Column[int]:
    """A reference to a row of another table, whose name is the column's in plural."""
    return sa.Column(
        f"{name}_id", NUMBER, sa.ForeignKey(f"{name}s.id"), nullable=null, index=index
    )


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _at(name: str = "at", *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, Moment, nullable=null)


def _signed() -> tuple[sa.Column[Any], ...]:
    """Who did it, why, and when."""
    return _text("who"), _text("reason"), _at()


runs = sa.Table(
    "runs",
    metadata,
    _id(),
    _text("kind"),  # batch, replay
    _text("assignment"),
    _text("who"),
    _text("host"),
    sa.Column("versions", sa.JSON, nullable=False),
    _at(),
)

rubrics = sa.Table(
    "rubrics",
    metadata,
    _id(),
    _text("assignment"),
    sa.Column("version", sa.Integer, nullable=False),
    _text("marks"),  # hash of all that alters marks
    _text("sha256"),
    _text("body"),  # all of it, as JSON
    _at(),
    sa.UniqueConstraint("assignment", "sha256"),
)

sources = sa.Table(
    "sources",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

submissions = sa.Table(
    "submissions",
    metadata,
    _id(),
    _text("assignment"),
    _text("student"),
    sa.Column("attempt", sa.Integer, nullable=False),
    _text("content"),  # the submission's part of the key of a record
    _text("filename"),
    _text("sha256"),  # of what was handed in
    sa.Column("source", sa.Text, sa.ForeignKey("sources.sha256"), nullable=False),
    sa.Column("problem", sa.LargeBinary),
    _at("submitted_at", null=True),
    _at("received_at"),
    _to("run"),
    sa.UniqueConstraint("assignment", "student", "attempt"),
    sa.Index("ix_submissions_assignment_content", "assignment", "content"),
)

executions = sa.Table(
    "executions",
    metadata,
    _id(),
    _text("assignment"),
    _text("content"),
    _text("suite"),
    _text("data"),
    _text("environment"),
    sa.Column("seed", sa.Integer, nullable=False),
    sa.Column("public_only", sa.Boolean, nullable=False),
    _text("filename"),
    _text("tier"),
    sa.Column("layers", sa.JSON, nullable=False),
    sa.Column("versions", sa.JSON, nullable=False),
    sa.Column("duration_s", sa.Float, nullable=False),
    sa.Column("decided", sa.Boolean, nullable=False),
    _to("run"),
    _at(),
    # What is decided is never executed again; two graders cannot both record it.
    sa.Index(
        "uq_executions_key",
        *("content", "suite", "data", "environment", "seed", "tier", "assignment"),
        unique=True,
        sqlite_where=sa.text("decided"),
        postgresql_where=sa.text("decided"),
    ),
    sa.Index("ix_executions_assignment_content", "assignment", "content"),
)

observations = sa.Table(
    "observations",
    metadata,
    sa.Column("execution_id", NUMBER, sa.ForeignKey("executions.id"), primary_key=True),
    sa.Column("group", sa.Text, primary_key=True),
    _text("sha256"),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

proposals = sa.Table(
    "proposals",
    metadata,
    _id(),
    _text("assignment"),
    _text("kind"),  # batch, rescore, replay
    _to("rubric"),
    *_signed(),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("proposal_id", NUMBER, sa.ForeignKey("proposals.id"), primary_key=True),
    sa.Column("accepted", sa.Boolean, nullable=False),
    *_signed(),
)

judgements = sa.Table(
    "judgements",
    metadata,
    _id(),
    _to("execution", index=True),
    _text("suite"),
    sa.Column("groups", sa.JSON, nullable=False),  # hash of each group's checks
    sa.Column("outcomes", sa.JSON, nullable=False),
    sa.Column("decided", sa.Boolean, nullable=False),
    _text("note"),  # the one reason, if nothing could be run
    _text("sha256"),
    sa.Column("body", sa.LargeBinary, nullable=False),
    _at(),
)

scores = sa.Table(
    "scores",
    metadata,
    _id(),
    _text("assignment"),
    _text("content"),
    _to("judgement", index=True),
    _to("rubric"),
    _to("proposal", null=True, index=True),
    sa.Column("points", sa.Float, nullable=False),
    sa.Column("max_points", sa.Float, nullable=False),
    sa.Column("decided", sa.Boolean, nullable=False),
    sa.Column("items", sa.JSON, nullable=False),
    _at(),
    sa.Index("ix_scores_assignment_content", "assignment", "content"),
)

adjustments = sa.Table(
    "adjustments",
    metadata,
    _id(),
    _text("assignment"),
    _text("student"),
    _text("item"),  # empty: the whole mark
    sa.Column("points", sa.Float),  # none: withdrawn
    sa.Column("over_points", sa.Float),
    *_signed(),
    sa.Index("ix_adjustments_assignment_student", "assignment", "student"),
)

extensions = sa.Table(
    "extensions",
    metadata,
    _id(),
    _text("assignment"),
    _text("student"),
    _at("until", null=True),  # none: withdrawn
    *_signed(),
    sa.Index("ix_extensions_assignment_student", "assignment", "student"),
)

memberships = sa.Table(
    "memberships",
    metadata,
    _id(),
    _text("assignment"),
    _text("group"),
    _text("student"),
    sa.Column("member", sa.Boolean, nullable=False),
    *_signed(),
    sa.Index("ix_memberships_assignment_group", "assignment", "group"),
)

publications = sa.Table(
    "publications", metadata, _id(), _text("assignment"), *_signed()
)

quarantines = sa.Table(
    "quarantines",
    metadata,
    _id(),
    _text("assignment"),
    _text("content"),
    sa.Column("held", sa.Boolean, nullable=False),
    *_signed(),
    sa.Index("ix_quarantines_assignment_content", "assignment", "content"),
)

identities = sa.Table(
    "identities",
    metadata,
    _id(),
    _text("assignment"),
    _text("student"),
    _text("system"),  # canvas, moodle, ...
    sa.Column("known_as", sa.JSON, nullable=False),
    *_signed(),
    sa.Index("ix_identities_assignment_student", "assignment", "student"),
)

drafts = sa.Table(
    "drafts",
    metadata,
    _id(),
    _text("assignment"),
    _text("student"),
    _text("item"),
    sa.Column("points", sa.Float),  # none: taken back, or confirmed
    *_signed(),
    sa.Index("ix_drafts_assignment_who", "assignment", "who"),
)

coordinators = sa.Table(
    "coordinators",
    metadata,
    sa.Column("run_id", NUMBER, sa.ForeignKey("runs.id"), primary_key=True),
    _text("host"),
    sa.Column("pid", sa.Integer, nullable=False),
    _text("started"),  # of the process, so that a number used again is told apart
    sa.Column("waited_for", sa.Boolean, nullable=False),
    _at("seen_at"),
)

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    _to("run", index=True),
)

WORKING = (coordinators.name, claims.name)
RECORDED = tuple(name for name in metadata.tables if name not in WORKING)
