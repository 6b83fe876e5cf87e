"""Which platform wrote it: told by names, and never guessed in silence."""

import pytest

from graders.errors import UsageError
from graders.intake import Asked, take_in
from graders.intake.dialects import gradescope
from tests.stand_ins.platforms.classes import zipped

ASKED = Asked(file="cnn.py")
CODE = b"x = 1\n"
CANVAS, BLACKBOARD = "doejane_1_2_cnn.py", "HW_jd_attempt_2026-10-09-10-00-00_cnn.py"


@pytest.fixture
def take(tmp_path):
    def taken(names, dialect=None):
        path = tmp_path / "class.zip"
        entries = names if isinstance(names, dict) else dict.fromkeys(names, CODE)
        path.write_bytes(zipped(entries))
        return take_in(path, ASKED, dialect=dialect)

    return taken


def students(taken):
    return [one.student for one in taken.submissions]


def test_clones_without_their_history_are_known_if_somebody_says_so(take):
    names = ["hw-2-jd/cnn.py", "hw-2-rr/cnn.py"]

    assert students(take(names)) == ["hw-2-jd", "hw-2-rr"]
    assert students(take(names, dialect="github")) == ["jd", "rr"]


def test_what_two_platforms_could_have_written_is_asked_back(take):
    with pytest.raises(UsageError) as caught:
        take([CANVAS, BLACKBOARD])

    assert caught.value.what == "this could come from Blackboard or Canvas"
    assert caught.value.fix == "Say which: --from canvas, or --from blackboard."


def test_somebody_may_say_which(take):
    taken = take([CANVAS, BLACKBOARD], dialect="blackboard")

    assert students(taken) == ["jd"]
    assert {f.path: f.why for f in taken.files if f.category == "unmatched"} == {
        CANVAS: "it is not named as Blackboard names files"
    }


def test_a_few_names_like_a_platforms_are_told_and_change_nothing(take):
    taken = take(["student_a/cnn.py", "student_b/cnn.py", "student_c.py", CANVAS])

    assert taken.dialect == "plain folder"
    assert students(taken) == ["doejane_1_2_cnn", "student_a", "student_b", "student_c"]
    assert [note.what for note in taken.notes] == [
        "1 of 4 files are named as Canvas names them: say --from canvas if it wrote"
        " them."
    ]


def test_one_folder_around_everything_is_told(take):
    taken = take(["week 3/student_a/cnn.py", "week 3/student_b.py"])

    assert students(taken) == ["student_a", "student_b"]
    assert [note.what for note in taken.notes] == [
        "Everything lies in 'week 3/': each entry of it is a student."
    ]


@pytest.mark.parametrize("names", [["a/cnn.py", "a/notes.txt"], ["a/my.py"]])
def test_the_folder_of_one_student_is_no_folder_around_everything(take, names):
    assert students(take(names)) == ["a"]


def test_users_of_blackboard_may_have_an_underscore(take):
    start = "Assignment_2"
    at = "attempt_2026-10-09-10-00-00_cnn.py"

    taken = take(
        [f"{start}_jane_doe_{at}", f"{start}_rick_doe_{at}", f"{start}_x_{at}"]
    )

    assert students(taken) == ["jane_doe", "rick_doe", "x"]


@pytest.mark.parametrize(
    ("name", "student", "late"),
    [
        ("doejane_LATE_1234_5678_cnn.py", "doejane-1234", True),
        ("doejane_late_1234_5678_cnn.py", "doejane-1234", True),
        ("LATE_anon_Ab3x_5678_cnn.py", "anon-Ab3x", True),
        ("anon_Ab3x_5678_cnn.py", "anon-Ab3x", False),
        ("team_blue_77_5678_cnn.py", "team_blue-77", False),
    ],
)
def test_each_form_of_canvas_is_understood(take, name, student, late):
    taken = take([name])

    assert students(taken) == [student]
    assert [note.what for note in taken.notes] == (
        ["LATE by the platform; its time is not in the archive: give --times."]
        if late
        else []
    )


def test_a_participant_of_another_language_is_nobodys_name(take):
    files = [f"Teilnehmer_{n}_assignsubmission_file/cnn.py" for n in (1, 2)]

    assert students(take(files)) == ["participant-1", "participant-2"]


@pytest.mark.parametrize(
    ("metadata", "what"),
    [
        (b"- a\n- b\n", "it lists no submissions"),
        (b"a: [", "it is not valid YAML"),
        (b"\xff\xfe\x00", "it is not valid YAML"),
        (b"[" * 100_000, "it is larger or deeper than any real one"),
        (b"{a: " * 200 + b"}" * 200, "it is larger or deeper than any real one"),
    ],
)
def test_metadata_that_is_none_refuses_the_archive(take, metadata, what):
    with pytest.raises(UsageError) as caught:
        take({gradescope.METADATA: metadata, "submission_1/cnn.py": CODE})

    assert (caught.value.what, caught.value.where) == (what, gradescope.METADATA)


def test_a_billion_laughs_are_not_copied(take):
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    lines += ["submission_1: {':submitters': *a29}"]

    with pytest.raises(UsageError) as caught:
        take(
            {
                gradescope.METADATA: "\n".join(lines).encode(),
                "submission_1/cnn.py": CODE,
            }
        )

    assert caught.value.what == "nobody handed anything in"


def test_tags_in_metadata_make_no_objects(take):
    metadata = b"submission_1: !!python/object/apply:os.system ['exit 1']\n"

    with pytest.raises(UsageError) as caught:
        take({gradescope.METADATA: metadata, "submission_1/cnn.py": CODE})

    assert caught.value.what == "nobody handed anything in"


def test_a_folder_that_the_metadata_does_not_name_is_unmatched(take):
    metadata = b"submission_1:\n  :submitters:\n  - {':name': A, ':sid': '007'}\n"

    taken = take(
        {
            gradescope.METADATA: metadata,
            "submission_1/cnn.py": CODE,
            "submission_2/cnn.py": CODE,
            "loose.py": CODE,
            "odd/x.py": CODE,
        }
    )

    assert students(taken) == ["007"]
    assert {f.path: f.why for f in taken.files if f.category == "unmatched"} == {
        "submission_2/cnn.py": "submission_metadata.yml does not name it",
        "loose.py": "submission_metadata.yml does not name it",
        "odd/x.py": "it does not lie where Gradescope puts files",
    }


def test_an_assignment_of_one_pdf_each_is_told_as_such(take):
    metadata = b"77.pdf:\n  :submitters:\n  - {':name': A, ':sid': '007'}\n"

    taken = take({f"e/{gradescope.METADATA}": metadata, "e/77.pdf": b"%PDF-1.7"})

    (submission,) = taken.submissions
    assert submission.student == "007"
    assert submission.problem.what == "The file is a PDF document, not Python."
    assert taken.identities[0].known_as["submission_id"] == "77"


def test_gaps_in_names_of_moodle_may_have_become_underscores(take):
    taken = take(["Jane_La_Doe_12_assignsubmission_file_/cnn.py"])

    assert students(taken) == ["jane_la_doe-12"]


def test_a_file_of_moodles_that_looks_like_a_folder_of_somebody_is_its_owners(take):
    forged = "Rick Roe_99_assignsubmission_file_cnn.py"

    taken = take([f"Jane Doe_12_assignsubmission_file_{forged}"])

    assert students(taken) == ["jane_doe-12"]
