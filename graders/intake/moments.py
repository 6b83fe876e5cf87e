"""Points in time as platforms write them."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

_GAP = re.compile(r"\s+(?=(?:Z|UTC|[+-]\d\d:?\d\d)$)")
_FORMS = (
    "%A, %d %B %Y, %I:%M %p",  # Moodle in English: Friday, 9 October 2026, 11:59 PM
    "%A, %B %d, %Y, %I:%M %p",  # the same in American English
    "%A, %d %B %Y, %H:%M",
    "%d/%m/%Y, %H:%M",
    "%Y-%m-%d-%H-%M-%S",  # Blackboard
)


def moment_of(text: str, zone: ZoneInfo) -> datetime | None:
    """A time with a zone; None if it cannot be read.

    Args:
        text: as a platform wrote it.
        zone: of the clock, where the text names no offset.

    >>> str(moment_of("2026-10-09 14:59:00 -0700", ZoneInfo("UTC")))
    '2026-10-09 14:59:00-07:00'
    >>> str(moment_of("Friday, 9 October 2026, 11:59 PM", ZoneInfo("Europe/Berlin")))
    '2026-10-09 23:59:00+02:00'
    """
    written = " ".join(text.split())
    iso = _GAP.sub("", written).removesuffix("UTC")
    if iso and not re.fullmatch(r"[\d.]+", iso):
        try:
            moment = datetime.fromisoformat(iso)
        except ValueError:
            pass
        else:
            if written.endswith("UTC"):
                return moment.replace(tzinfo=ZoneInfo("UTC"))
            return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    for form in _FORMS:
        try:
            return datetime.strptime(written, form).replace(tzinfo=zone)
        except ValueError:
            continue
    return None
