"""Canvas: a flat zip, and the gradebook that fits it."""

import csv
import io
import re
from collections.abc import Sequence

from tests.stand_ins.platforms.classes import (
    BESIDE,
    HandedOver,
    Member,
    cannot_be_run,
    pieces,
)

ASSIGNMENT = "Assignment 2 (48213)"


def sortable(member: Member) -> str:
    """`Doe, Jane` → `doejane`."""
    return re.sub(r"\W", "", f"{member.last}, {member.first}".lower())


def hand_over(people: Sequence[Member]) -> HandedOver:
    """What the button *Download Submissions* gives.

    Who hands nothing in writes a text entry; resubmissions are in it with the suffix
    that Canvas gives them, under a higher number.
    """
    done = HandedOver(table=gradebook(people), table_name="gradebook.csv")
    for member in people:
        own = pieces(member)
        start = f"{sortable(member)}{'_LATE' if member.situation == 'late' else ''}"
        if not own:
            name = f"{start}_{member.user_id}_text.html"
            done.add(name, b"<p>I could not do it.</p>", BESIDE)
        for at, piece in enumerate(own):
            name = re.sub(r'[/\\:*?"<>|]', "_", piece.name)
            number = 900_000 + member.number * 10 + at
            path = f"{start}_{member.user_id}_{number}_{name}"
            done.add(path, piece.data, piece.belongs)
        done.graded[member.number] = member.login
        done.without_roster[member.number] = f"{sortable(member)}-{member.user_id}"
        if cannot_be_run(own):
            done.not_runnable.add(member.number)
    return done


def gradebook(people: Sequence[Member]) -> str:
    """What *Export* gives, with the row of points and the test student."""
    with io.StringIO(newline="") as file:
        table = csv.writer(file)
        ids = ["ID", "SIS User ID", "SIS Login ID", "Section"]
        totals = ["Assignments Current Score", "Final Score"]
        table.writerow(["Student", *ids, ASSIGNMENT, *totals])
        table.writerow(["", "", "", "", "", "Manual Posting", "", ""])
        table.writerow(
            ["    Points Possible", "", "", "", "", "100.00"] + ["(read only)"] * 2
        )
        for member in people:
            name = f"{member.last}, {member.first}"
            ids = [member.user_id, member.sid, member.login, "DL-01"]
            table.writerow([name, *ids, "", "", ""])
        table.writerow(["Student, Test", "99", "", "f00ba4", "DL-01", "", "", ""])
        return file.getvalue()
