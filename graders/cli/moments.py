"""Points in time, as people write them on the command line."""

import re
from datetime import datetime, timedelta

import click

_DURATION = re.compile(
    r"(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?(?:(?P<seconds>\d+)s)?"
)


class Moment(click.ParamType[datetime]):
    """`2026-10-09 23:59` by this machine's clock, `23:59` today, or a span of time.

    Args:
        ahead: whether a span such as `90m` lies ahead of now, or before it.
    """

    name = "moment"

    def __init__(self, *, ahead: bool) -> None:
        self._ahead = ahead

    def convert(
        self,
        value: str | datetime,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> datetime:
        """The moment, with a time zone."""
        if isinstance(value, datetime):
            return value
        now = datetime.now().astimezone()
        if span := _span(value):
            return now + span if self._ahead else now - span
        try:
            today = re.fullmatch(r"\d\d?:\d\d", value)
            text = f"{now.date()} {value:0>5}" if today else value
            return datetime.fromisoformat(text).astimezone()
        except ValueError:
            self.fail(
                f"{value!r} is no time. Write 90m, 2h30m, 17:45, or 2026-10-09 17:45.",
                param,
                ctx,
            )


def _span(text: str) -> timedelta | None:
    match = _DURATION.fullmatch(text) if text else None
    if match is None:
        return None
    return timedelta(**{unit: int(n) for unit, n in match.groupdict().items() if n})
