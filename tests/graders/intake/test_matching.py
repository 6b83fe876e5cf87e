"""Who is who: numbers decide, names only where they are one's own."""

import pytest
import yaml

from graders.intake import Asked, Category, Standing, take_in
from tests.stand_ins.platforms.classes import zipped

PAIRS = Asked(file="cnn.py", largest_group=2)
CODE = b"x = 1\n"
REMEDY_CANVAS = "Give a roster with the column ID, as Canvas' gradebook has it."


@pytest.fixture
def take(tmp_path):
    def taken(entries, roster=None, *, asked=PAIRS, **options):
        archive = tmp_path / "class.zip"
        archive.write_bytes(zipped(entries))
        table = tmp_path / "roster.csv"
        if roster:
            table.write_text(roster)
        return take_in(archive, asked, roster=table if roster else None, **options)

    return taken


def standings(taken):
    return {one.place: (one.standing, one.student) for one in taken.students}


def why(taken, standing):
    return [(one.why, one.fix) for one in taken.students if one.standing is standing]


def test_who_is_not_in_the_roster_is_not_graded_and_told(take):
    taken = take(
        {"doejane_1_10_cnn.py": CODE, "roerick_2_20_cnn.py": CODE},
        "login,user_id,name\njd,1,Jane Doe\nap,3,Ann Poe\n",
    )

    assert [one.student for one in taken.submissions] == ["jd"]
    assert standings(taken) == {
        "doejane_1": (Standing.MATCHED, "jd"),
        "roerick_2": (Standing.UNMATCHED, ""),
        "line 3 of the roster": (Standing.NOT_HANDED_IN, "ap"),
    }
    assert why(taken, Standing.UNMATCHED) == [
        (
            "the roster has no user_id '2'",
            "Add a row for them to the roster, or leave --roster out.",
        )
    ]
    assert {f.path: f.category for f in taken.files}["roerick_2_20_cnn.py"] is (
        Category.UNMATCHED
    )


def test_a_name_that_is_somebody_elses_does_not_outweigh_a_number(take):
    taken = take(
        {"doejane_2_10_cnn.py": CODE},
        "login,user_id,name\njd,1,Jane Doe\nrr,2,Rick Roe\n",
    )

    assert [one.student for one in taken.submissions] == ["rr"]
    assert [note.what for note in taken.notes] == [
        "The archive calls it 'doejane', the roster 'Rick Roe'. If it is a group, say"
        " who is in it: --groups."
    ]


@pytest.mark.parametrize("name", ["Jane Doe", "Doe, Jane", "Jané DOE"])
def test_a_name_decides_where_there_is_no_number(take, name):
    taken = take({"doejane_1_10_cnn.py": CODE}, f'login,name\njd,"{name}"\n')

    assert [one.student for one in taken.submissions] == ["jd"]


def test_two_of_one_name_are_never_told_apart_by_a_guess(take):
    taken = take(
        {"doejane_1_10_cnn.py": CODE, "doejane_2_20_cnn.py": CODE},
        "login,name\njd,Jane Doe\njd2,Jane Doe\n",
    )

    assert taken.submissions == []
    assert (
        why(taken, Standing.AMBIGUOUS)
        == [("lines 2 and 3 of the roster are both called 'doejane'", REMEDY_CANVAS)]
        * 2
    )


def test_two_submissions_that_come_to_one_row_are_both_left(take):
    taken = take(
        {"doejane_1_10_cnn.py": CODE, "doejane_2_20_cnn.py": CODE},
        "login,name\njd,Jane Doe\n",
    )

    assert taken.submissions == []
    assert (
        why(taken, Standing.AMBIGUOUS)
        == [("several come to the name 'jd': doejane_1, doejane_2", REMEDY_CANVAS)] * 2
    )


def test_names_that_a_disk_takes_for_one_are_both_left(take):
    taken = take({"A/cnn.py": CODE, "a /cnn.py": CODE})

    assert taken.submissions == []
    assert why(taken, Standing.AMBIGUOUS)[0][1] == (
        "Give a roster with a column `student` with the names of the entries."
    )


def test_entries_of_a_plain_archive_are_found_in_any_column(take):
    taken = take(
        {"JD.py": CODE, "9001/cnn.py": CODE, "Ann Poe/cnn.py": CODE},
        "login,sid,name\njd,1,Jane\nrr,9001,Rick\nap,3,Ann Poe\n",
    )

    assert [one.student for one in taken.submissions] == ["ap", "jd", "rr"]


def test_an_earlier_run_keeps_its_name_for_somebody(take):
    known = {"janes": {"canvas": {"user_id": "1", "name": "smithjane"}}}

    taken = take({"doejane_1_10_cnn.py": CODE}, "login,user_id\njd,1\n", known=known)

    assert [one.student for one in taken.submissions] == ["janes"]
    assert [note.what for note in taken.notes] == [
        "Kept as 'janes', the name of an earlier run."
    ]


def test_a_roster_that_was_corrected_outweighs_an_earlier_run(take):
    known = {"rr": {"canvas": {"user_id": "1", "name": "doejane"}}}

    taken = take(
        {"doejane_1_10_cnn.py": CODE}, "login,user_id\njd,1\nrr,2\n", known=known
    )

    assert [one.student for one in taken.submissions] == ["jd"]
    assert [note.what for note in taken.notes] == [
        "An earlier run had this as 'rr', who is another one by line 3 of the roster:"
        " look at that one's mark."
    ]


def test_a_clones_login_may_have_dashes_where_a_roster_says_so(take):
    clones = {
        "hw-2-doe/cnn.py": CODE,
        "hw-2-jane-doe/cnn.py": CODE,
        "hw-2-doe/.git/HEAD": b"",
        "hw-2-jane-doe/.git/HEAD": b"",
    }

    taken = take(clones, "login,name\ndoe,A\njane-doe,B\n")

    assert [one.student for one in taken.submissions] == ["doe", "jane-doe"]
    assert taken.notes[0].what == (
        "Logins are what follows 'hw-2-' in the names of the folders."
    )


def gradescope_entries(*groups):
    about = {}
    for number, people in enumerate(groups, 1):
        about[f"submission_{number}"] = {
            ":submitters": [{":name": n, ":sid": n, ":email": ""} for n in people],
            ":created_at": "2026-10-09 14:59:00 -0700",
        }
    files = {f"e/{folder}/cnn.py": CODE for folder in about}
    return {"e/submission_metadata.yml": yaml.safe_dump(about).encode(), **files}


def test_several_submitters_are_a_group_of_a_lasting_name(take):
    taken = take(gradescope_entries(["02", "01"], ["03"]))

    assert [one.student for one in taken.submissions] == ["01+02", "03"]
    assert taken.groups == {"01+02": ("02", "01")}
    assert {one.student for one in taken.identities} == {"01", "02", "03"}
    assert str(taken.submissions[0].submitted_at) == "2026-10-09 14:59:00-07:00"


@pytest.mark.parametrize(
    ("largest", "told"),
    [
        (None, "3 handed in together, and this assignment has no groups"),
        (2, "3 handed in together, and groups have at most 2"),
    ],
)
def test_a_group_that_the_policy_does_not_allow_is_left_alone(take, largest, told):
    asked = Asked(file="cnn.py", largest_group=largest)

    taken = take(gradescope_entries(["01", "02", "03"], ["04"]), asked=asked)

    assert [one.student for one in taken.submissions] == ["04"]
    assert why(taken, Standing.AMBIGUOUS) == [
        (
            told,
            "Write `groups: 3` into the policy of the rubric, or have each hand in"
            " alone.",
        )
    ]


def test_a_number_and_an_address_of_different_people_are_ambiguous(take):
    about = {
        "submission_1": {
            ":submitters": [{":name": "A", ":sid": "1", ":email": "b@example.org"}]
        }
    }
    entries = {
        "submission_metadata.yml": yaml.safe_dump(about).encode(),
        "submission_1/cnn.py": CODE,
    }

    taken = take(entries, "sid,email\n1,a@example.org\n2,b@example.org\n")

    assert why(taken, Standing.AMBIGUOUS) == [
        (
            "its numbers belong to lines 2 and 3 of the roster",
            "Correct the roster: one person, one row.",
        )
    ]


def test_a_team_of_moodles_is_known_by_the_worksheets_groups(take):
    worksheet = (
        "Identifier,Full name,Email address,Group,Grade\n"
        "Participant 11,Jane Doe,jd@example.org,Team One,\n"
        "Participant 12,Rick Roe,rr@example.org,Team One,\n"
        "Participant 13,Ann Poe,ap@example.org,,\n"
    )

    taken = take(
        {
            "Team One_7_assignsubmission_file/cnn.py": CODE,
            "Ann Poe_13_assignsubmission_file/cnn.py": CODE,
        },
        worksheet,
    )

    assert [one.student for one in taken.submissions] == ["Team_One", "ap"]
    assert taken.groups == {"Team_One": ("jd", "rr")}
    numbers = {
        one.student: one.known_as["participant"]
        for one in taken.identities
        if one.system == "moodle"
    }
    assert numbers == {"jd": "11", "rr": "12", "ap": "13"}
    known = [one.known_as for one in taken.identities if one.student == "ap"]
    assert known[0] == {
        "participant": "13",
        "name": "Ann Poe",
        "email": "ap@example.org",
    }


def test_a_folder_of_ones_own_can_have_a_roster_too(tmp_path):
    folder = tmp_path / "class"
    for name in ("JD", "nobody"):
        (folder / name).mkdir(parents=True)
        (folder / name / "cnn.py").write_bytes(CODE)
    table = tmp_path / "roster.csv"
    table.write_text("login,name,submitted_at\njd,Jane Doe,2026-10-09 23:59\nrr,R,\n")

    taken = take_in(folder, PAIRS, roster=table)

    (submission,) = taken.submissions
    assert submission.student == "jd"
    assert submission.submitted_at.isoformat() == "2026-10-09T23:59:00+00:00"
    assert {f.path: f.category.value for f in taken.files} == {
        "JD/cnn.py": "graded",
        "nobody/cnn.py": "unmatched",
    }
    assert [one.student for one in taken.students] == ["jd", "", "rr"]
    assert taken.identities[0].known_as["login"] == "jd"


def test_names_that_differ_in_case_are_two_students_of_a_folder_without_roster(
    tmp_path,
):
    for name in ("A", "a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "cnn.py").write_bytes(CODE)

    taken = take_in(tmp_path, PAIRS)

    assert [one.student for one in taken.submissions] == ["A", "a"]
    assert [file.category for file in taken.files] == [Category.GRADED] * 2
