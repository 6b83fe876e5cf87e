"""Blackboard: a flat zip with a note per attempt, and the table that fits it."""

import csv
import io
from collections.abc import Sequence

from tests.stand_ins.platforms.classes import (
    BESIDE,
    OLDER,
    HandedOver,
    Member,
    cannot_be_run,
    pieces,
)

TIMES = ("2026-10-08-21-59-00", "2026-10-09-22-10-00")
COLUMN = "Assignment 2 [Total Pts: 100 Score] |812345"


def hand_over(people: Sequence[Member]) -> HandedOver:
    """What *Assignment File Download* gives, with every attempt.

    Each attempt has a note of Blackboard's own, which is all that is there where
    somebody submitted without a file.
    """
    done = HandedOver(table=grades(people), table_name="grades.csv")
    for member in people:
        own = pieces(member)
        last = max((piece.attempt for piece in own), default=0)
        for attempt in range(last + 1):
            start = f"Assignment_2_{member.login}_attempt_{TIMES[attempt]}"
            note = f"Name: {member.name} ({member.login})\n".encode()
            done.add(f"{start}.txt", note, BESIDE if attempt == last else OLDER)
            for piece in own:
                if piece.attempt == attempt:
                    done.add(f"{start}_{piece.name}", piece.data, piece.belongs)
        done.graded[member.number] = member.login
        done.without_roster[member.number] = member.login
        if cannot_be_run(own):
            done.not_runnable.add(member.number)
    return done


def grades(people: Sequence[Member]) -> str:
    """What *Work Offline* gives as CSV."""
    with io.StringIO(newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL)
        names = ["Last Name", "First Name", "Username", "Student ID"]
        table.writerow([*names, "Last Access", "Availability", COLUMN])
        for member in people:
            names = [member.last, member.first, member.login, member.sid]
            table.writerow([*names, "2026-10-10 09:00:00", "Yes", ""])
        return "\ufeff" + file.getvalue()
