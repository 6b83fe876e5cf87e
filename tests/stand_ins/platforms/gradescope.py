"""Gradescope: an export with its metadata, and the table of scores that fits it."""

import csv
import io
from collections.abc import Sequence

import yaml

from tests.stand_ins.platforms.classes import (
    BESIDE,
    HandedOver,
    Member,
    cannot_be_run,
    pieces,
)

TOP = "assignment_7_export"


def hand_over(people: Sequence[Member]) -> HandedOver:
    """What *Export Submissions* gives; two attempts are two submissions of one.

    That holds where somebody handed in alone and a partner was taken off later; else
    earlier attempts are only listed in `:history`.
    """
    done = HandedOver(table=scores(people), table_name="scores.csv")
    listed = {}
    for member in people:
        own = pieces(member)
        for attempt in sorted({piece.attempt for piece in own} or {0}):
            folder = f"submission_{300_000 + member.number * 10 + attempt}"
            listed[folder] = _about(member, attempt)
            for piece in own:
                if piece.attempt == attempt:
                    path = f"{TOP}/{folder}/{piece.name}"
                    done.add(path, piece.data, piece.belongs)
        done.graded[member.number] = member.sid
        done.without_roster[member.number] = member.sid
        if cannot_be_run(own):
            done.not_runnable.add(member.number)
    metadata = yaml.safe_dump(listed, allow_unicode=True).encode()
    done.add(f"{TOP}/submission_metadata.yml", metadata, BESIDE)
    return done


def _about(member: Member, attempt: int) -> dict[str, object]:
    at = f"2026-10-0{8 + attempt} 14:59:00.000000000 Z"
    person = {":name": member.name, ":sid": member.sid, ":email": member.email}
    return {
        ":submitters": [person],
        ":created_at": at,
        ":score": None,
        ":status": "unprocessed",
        ":history": [{":created_at": "2026-10-07 14:59:00.000000000 Z"}]
        if member.situation == "renamed"
        else [],
    }


def scores(people: Sequence[Member]) -> str:
    """What *Download Grades* gives."""
    with io.StringIO(newline="") as file:
        table = csv.writer(file)
        names = ["First Name", "Last Name", "SID", "Email", "Sections"]
        sums = ["Total Score", "Max Points", "Status", "Submission ID"]
        times = ["Submission Time", "Lateness (H:M:S)", "View Count"]
        table.writerow([*names, *sums, *times, "Submission Count"])
        for member in people:
            who = [member.first, member.last, member.sid, member.email, "DL-01"]
            number = str(300_000 + member.number * 10)
            rest = ["Ungraded", number, "2026-10-08 14:59:00 +0000", "00:00:00"]
            table.writerow([*who, "", "100.0", *rest, "0", "1"])
        return file.getvalue()
