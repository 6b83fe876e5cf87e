"""Where the ledger is, and who writes in it: `GRADES_DB` and `GRADES_USER`."""

import getpass
import os

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _whoever_runs_this() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # A container may run as a number without a name.
        return f"user {os.getuid()}"


class LedgerSettings(BaseSettings):
    """Read from the environment; an empty variable is as good as none.

    Args:
        db: a URL of SQLAlchemy's; `sqlite:///FILE`, or
            `postgresql+psycopg://USER:PASSWORD@HOST/NAME`.
        user: who overrides, extends and confirms.
    """

    model_config = SettingsConfigDict(env_prefix="GRADES_", env_ignore_empty=True)

    db: str = "sqlite:///grades/ledger.sqlite3"
    user: str = Field(default_factory=_whoever_runs_this)
