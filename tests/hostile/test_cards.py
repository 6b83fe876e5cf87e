"""The suite itself: every row of the catalogue is there or accounted for."""

import re
from pathlib import Path

from tests.hostile.cards import ATTACKS, read_attacks

README = Path(__file__).resolve().parent / "README.md"
LAST_ROWS = {"A": 37, "B": 23, "C": 25, "D": 31, "E": 25, "F": 18, "G": 14, "H": 20}
LAST_ROWS |= {"I": 13, "J": 12}
# Numbers that the catalogue does not use.
UNUSED = {
    *("A03", "A08", "A13", "A18", "A23", "A28", "A33"),
    *("B05", "B10", "B15", "B20"),
    *("C02", "C07", "C12", "C17", "C22"),
    *("D02", "D07", "D12", "D17", "D22", "D27"),
    *("E01", "E06", "E11", "E16", "E21"),
    *("F01", "F06", "F11", "F16"),
    *("G03", "G08", "G13"),
    *("H04", "H09", "H14", "H19"),
    *("I04", "I09"),
    *("J01", "J06", "J11"),
}


def test_every_row_of_the_catalogue_is_an_attack_or_has_a_reason():
    attacked = {attack.card.row for attack in read_attacks()}

    missing = catalogue() - attacked - rows_with_a_reason()

    assert not missing


def test_no_row_is_both_an_attack_and_left_out():
    attacked = {attack.card.row for attack in read_attacks()}

    assert not attacked & (rows_with_a_reason() - {"F18"})


def test_a_folder_is_named_after_its_row_and_holds_what_is_handed_in():
    for attack in read_attacks():
        has_file = (ATTACKS / attack.name / "work.py").is_file()

        assert attack.name.startswith(f"{attack.card.row}_")
        assert has_file == (attack.card.form == "file"), attack.name


def test_every_section_is_part_of_the_everyday_tests():
    sections = {attack.card.row[0] for attack in read_attacks() if attack.fast}

    assert sections == set("ABCDEFHIJX")


def catalogue() -> set[str]:
    rows = {f"{s}{n:02}" for s, last in LAST_ROWS.items() for n in range(1, last + 1)}
    return rows - UNUSED


def rows_with_a_reason() -> set[str]:
    table = re.findall(r"^\| ([A-J]\d\d[^|]*)\|", README.read_text("utf-8"), re.M)
    found = set()
    for cell in table:
        for first, last in re.findall(r"([A-J]\d\d)(?: to ([A-J]\d\d))?", cell):
            numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
            found |= {f"{first[0]}{number:02}" for number in numbers}
    return found
