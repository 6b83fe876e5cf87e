"""Who students are to a learning platform, and points that are not confirmed yet."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RECORDED = ("identities", "drafts")


def upgrade() -> None:
    """Creates them, with triggers that keep what was recorded."""
    _create_tables()
    for table in RECORDED:
        if op.get_bind().dialect.name == "sqlite":
            _refuse_changes_in_sqlite(table)
        else:
            op.execute(
                f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE"
                f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def _refuse_changes_in_sqlite(table: str) -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action}"
            f" ON {table} BEGIN SELECT RAISE(ABORT,"
            " 'what was recorded is never changed'); END"
        )


def _create_tables() -> None:
    op.create_table(
        "identities",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("assignment", sa.Text(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("known_as", sa.JSON(), nullable=False),
        *_signed(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
    )
    op.create_index(
        "ix_identities_assignment_student", "identities", ["assignment", "student"]
    )
    op.create_table(
        "drafts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("assignment", sa.Text(), nullable=False),
        sa.Column("student", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("points", sa.Float(), nullable=True),
        *_signed(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_assignment_who", "drafts", ["assignment", "who"])


def _signed() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
