"""GitHub Classroom: a clone per student, and the roster that fits them."""

import csv
import io
from collections.abc import Sequence

from tests.stand_ins.platforms.classes import (
    BESIDE,
    IGNORED,
    HandedOver,
    Member,
    cannot_be_run,
    pieces,
)

SLUG = "assignment-2"


def hand_over(people: Sequence[Member], *, git: bool = True) -> HandedOver:
    """What `gh classroom clone student-repos` leaves; each has the latest commit."""
    done = HandedOver(table=roster(people), table_name="classroom_roster.csv")
    for member in people:
        clone = f"{SLUG}-{member.login}"
        own = [
            piece
            for piece in pieces(member)
            if member.situation != "two attempts" or piece.attempt
        ]
        if git:
            done.add(f"{clone}/.git/HEAD", b"ref: refs/heads/main\n", IGNORED)
            done.add(
                f"{clone}/.git/hooks/post-checkout", b"#!/bin/sh\nexit 1\n", IGNORED
            )
        # Beside a PDF it would be one of two files that could be meant.
        if not cannot_be_run(own):
            done.add(f"{clone}/README.md", b"# Assignment 2\n", BESIDE)
        for piece in own:
            done.add(f"{clone}/{piece.name}", piece.data, piece.belongs)
        done.graded[member.number] = member.login
        done.without_roster[member.number] = member.login
        if cannot_be_run(own):
            done.not_runnable.add(member.number)
    return done


def roster(people: Sequence[Member]) -> str:
    """What *Download* on the page of the roster gives."""
    with io.StringIO(newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL)
        table.writerow(["identifier", "github_username", "github_id", "name"])
        for member in people:
            table.writerow([member.login, member.login, "", member.name])
        return file.getvalue()
