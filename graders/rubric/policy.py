"""`policy:` of a rubric: when it is due, what lateness costs, which attempt counts."""

import difflib
import re
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Annotated, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from graders.yaml_files import WrongValue

_DATE_AND_TIME = re.compile(r"20\d\d-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?")
_WITHOUT_A_DUE_DATE = {
    "timezone": "a timezone says nothing without a due date",
    "grace_minutes": "minutes of grace say nothing without a due date",
    "late": "nothing is late without a due date",
    "bank": "late days need a due date",
}


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Counts(StrEnum):
    """Which attempt counts."""

    LAST = "last"
    BEST = "best"


class HiddenItems(StrEnum):
    """When students see the findings of hidden checks in their reports."""

    NEVER = "never"
    AFTER_DUE = "after_due"
    AFTER_PUBLISHING = "after_publishing"


class Late(_Closed):
    """What lateness costs.

    Args:
        per_day: part of the earned points that each begun day costs, from 0 to 1.
        at_most: never more than this part.
        closes_after_days: what is later counts nothing; left out, it is never closed.
    """

    per_day: float = Field(ge=0, le=1)
    at_most: float = Field(default=1, ge=0, le=1)
    closes_after_days: int | None = Field(default=None, ge=0)


class Bank(_Closed):
    """Days late without penalty, shared by a student's assignments with a bank.

    Args:
        days: for all of them together.
        per_assignment: that one of them can take.
    """

    days: int = Field(ge=1)
    per_assignment: int = Field(ge=1)

    @model_validator(mode="after")
    def _no_assignment_takes_more_than_there_is(self) -> Self:
        if self.per_assignment > self.days:
            raise WrongValue(
                f"an assignment cannot take {self.per_assignment} days of {self.days}",
                f"Write at most `per_assignment: {self.days}`.",
                at="per_assignment",
            )
        return self


@lru_cache(maxsize=1024)  # Asked for each student: a due date, and the days after it.
def moment(clock: datetime, zone: ZoneInfo) -> datetime:
    """When the clocks of a zone show a date and time, in UTC.

    A time that they show twice is the second one. One that they skip is the first
    after it that they show. So a later time is never an earlier moment.

    >>> berlin = ZoneInfo("Europe/Berlin")
    >>> f"{moment(datetime(2026, 10, 25, 2, 30), berlin):%H:%M}"  # not 00:30
    '01:30'
    >>> f"{moment(datetime(2026, 3, 29, 2, 30), berlin):%H:%M}"  # 03:00 in Berlin
    '01:00'
    """
    while not _is_shown(clock, zone):
        clock = clock.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return clock.replace(tzinfo=zone, fold=1).astimezone(UTC)


def _is_shown(clock: datetime, zone: ZoneInfo) -> bool:
    back = clock.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return back.replace(tzinfo=None) == clock


def _date_and_time(value: object) -> object:
    """Text only: pydantic would take a number for seconds, a date for its midnight."""
    if value is None:
        return value
    text = str(value)
    try:
        if _DATE_AND_TIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass  # there is no such day, or no such time
    raise WrongValue(
        f"a due date is a day and a time, without an offset; received {text!r}",
        "Write it as 2026-10-09 23:59, by the clocks of `timezone`.",
    )


@cache
def _zones() -> list[str]:
    """All names: the system's, and those of the package tzdata."""
    return sorted(available_timezones())


def _known_zone(name: str | None) -> str | None:
    if name is None or name in _zones():
        return name
    near = difflib.get_close_matches(name, _zones(), n=1)
    raise WrongValue(
        f"no time zone is called {name!r}",
        f"Did you mean {near[0]!r}?"
        if near
        else "Write the name of a zone, such as Europe/Berlin.",
    )


class Policy(_Closed):
    """What holds for all students of an assignment. Everything may be left out.

    Args:
        due: date and time, as the clocks of `timezone` show it.
        timezone: name by IANA: `Europe/Berlin`.
        grace_minutes: after the due date, and after each day late, that count as
            before it.
        late: lateness costs nothing if it is left out.
        bank: late days without penalty.
        counts: which attempt does.
        groups: the largest size of a group; left out, everybody works alone.
        hidden_items: when students see findings of hidden checks; left out, at once.
    """

    due: Annotated[datetime | None, BeforeValidator(_date_and_time)] = None
    timezone: Annotated[str | None, AfterValidator(_known_zone)] = None
    grace_minutes: int = Field(default=0, ge=0)
    late: Late | None = None
    bank: Bank | None = None
    counts: Counts = Counts.LAST
    groups: int | None = Field(default=None, ge=2)
    hidden_items: HiddenItems | None = None

    @model_validator(mode="after")
    def _needs_are_met(self) -> Self:
        fix = "Add `due:`, or leave this out."
        if self.due is None:
            for key, what in _WITHOUT_A_DUE_DATE.items():
                if getattr(self, key):
                    raise WrongValue(what, fix, at=key)
            if self.hidden_items is HiddenItems.AFTER_DUE:
                raise WrongValue(
                    "after_due says nothing without a due date", fix, at="hidden_items"
                )
        elif self.timezone is None:
            raise WrongValue(
                "a due date needs the time zone of its clock",
                "Add `timezone:` with the name of a zone, such as Europe/Berlin.",
                at="due",
            )
        if self.bank is not None and self.late is None:
            raise WrongValue(
                "late days without penalty say nothing where lateness costs nothing",
                "Add `late:`, or leave this out.",
                at="bank",
            )
        return self

    @property
    def zone(self) -> ZoneInfo:
        """Whose clocks count. There is one if there is a due date."""
        assert self.timezone is not None
        return ZoneInfo(self.timezone)

    @property
    def due_at(self) -> datetime | None:
        """The due date as a moment, in UTC."""
        return None if self.due is None else moment(self.due, self.zone)
