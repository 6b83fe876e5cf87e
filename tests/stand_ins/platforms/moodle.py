"""Moodle: folders or flat, by name or blind, and the worksheet that fits them."""

import csv
import io
from collections.abc import Sequence

from tests.stand_ins.platforms.classes import (
    BESIDE,
    HandedOver,
    Member,
    cannot_be_run,
    pieces,
)

FOLDERS_4, FOLDERS_3, FLAT = "file/", "file_/", "file_"
ENGLISH = (
    *("Identifier", "Full name", "ID number", "Email address", "Status", "Group"),
    *("Grade", "Maximum grade", "Grade can be changed", "Last modified (submission)"),
    *("Last modified (grade)", "Feedback comments"),
)
GERMAN = (
    *("ID", "Vollständiger Name", "Matrikelnummer", "E-Mail-Adresse", "Status"),
    *("Gruppe", "Bewertung", "Bestwertung", "Bewertung kann geändert werden"),
    *("Zuletzt geändert (Abgabe)", "Zuletzt geändert (Bewertung)"),
    "Feedback als Kommentar",
)
HANDED_IN_AT = "Friday, 9 October 2026, 11:05 PM"


def hand_over(
    people: Sequence[Member],
    form: str = FOLDERS_4,
    *,
    blind: str = "",
    headings: Sequence[str] = ENGLISH,
) -> HandedOver:
    """What *Download all submissions* gives: the latest attempt of each.

    Args:
        people: the class.
        form: `FOLDERS_4` of 4.1 and later, `FOLDERS_3` of 3.1 to 4.0, or `FLAT`.
        blind: what stands for names, `Participant` in the site's language.
        headings: of the worksheet, in the site's language.
    """
    done = HandedOver(
        table=worksheet(people, headings, blind), table_name="worksheet.csv"
    )
    for member in people:
        name = (blind or member.name).replace("_", " ")
        start = f"{name}_{member.participant}_assignsubmission_"
        own = [
            piece
            for piece in pieces(member)
            if member.situation != "two attempts" or piece.attempt
        ]
        if not own:
            text = f"{start}onlinetext{'/' if form != FLAT else '_'}onlinetext.html"
            done.add(text, b"<p>I could not do it.</p>", BESIDE)
        for piece in own:
            done.add(f"{start}{form}{piece.name}", piece.data, piece.belongs)
        words = "_".join(member.name.casefold().split()).replace("'", "_")
        number = f"{'participant' if blind else words}-{member.participant}"
        done.graded[member.number] = number if blind else member.sid
        done.without_roster[member.number] = number
        if cannot_be_run(own):
            done.not_runnable.add(member.number)
    return done


def worksheet(
    people: Sequence[Member], headings: Sequence[str] = ENGLISH, blind: str = ""
) -> str:
    """What *Download grading worksheet* gives; blind, it has no names."""
    with io.StringIO(newline="") as file:
        table = csv.writer(file)
        told = [h for h in headings if not blind or h not in headings[1:4]]
        table.writerow(told)
        for member in people:
            word = blind or ("Participant " if headings is ENGLISH else "Teilnehmer/in")
            row = [f"{word.rstrip()} {member.participant}"]
            if not blind:
                row += [member.name, member.sid, member.email]
            row += ["Submitted for grading", f"Group {member.number % 4}", ""]
            table.writerow([*row, "100.00", "Yes", HANDED_IN_AT, "-", ""])
        return "\ufeff" + file.getvalue()
