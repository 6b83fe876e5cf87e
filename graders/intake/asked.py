"""What students were asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from graders.intake.choosing import Attempts


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What students were asked for, and how it is to be read.

    Args:
        file: its name, `cnn.py`.
        defines: functions and classes of its stub.
        other_files: of other assignments, and the assignments' names.
        zone: of clocks that name no offset.
        largest_group: none if there are no groups.
        attempts: which one counts, where an archive has several.
    """

    file: str
    defines: frozenset[str] = frozenset()
    other_files: Mapping[str, str] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    largest_group: int | None = None
    attempts: Attempts = Attempts.LATEST
