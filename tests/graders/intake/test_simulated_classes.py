"""A class of 120 from each platform, with the usual mess: every file in its place."""

from collections import Counter
from functools import partial

import pytest

from graders.intake import Asked, Attempts, Standing, take_in
from tests.stand_ins.platforms import blackboard, canvas, github, gradescope, moodle
from tests.stand_ins.platforms.classes import members

ASKED = Asked(
    file="cnn.py",
    defines=frozenset({"output_size"}),
    other_files={"rnn.py": "assignment3"},
)
PLATFORMS = {
    "canvas": canvas.hand_over,
    "moodle 4": moodle.hand_over,
    "moodle 3": partial(moodle.hand_over, form=moodle.FOLDERS_3),
    "moodle flat": partial(moodle.hand_over, form=moodle.FLAT),
    "moodle blind": partial(moodle.hand_over, blind="Participant"),
    "moodle in German": partial(moodle.hand_over, headings=moodle.GERMAN),
    "gradescope": gradescope.hand_over,
    "blackboard": blackboard.hand_over,
    "github": github.hand_over,
}
PEOPLE = members(120)


@pytest.fixture(params=PLATFORMS)
def platform(request):
    return request.param


@pytest.fixture
def handed_over(platform):
    return PLATFORMS[platform](PEOPLE)


def differences(taken, handed_over):
    found = {file.path: file.category.value for file in taken.files}
    return {
        path: (found.get(path), handed_over.expected.get(path))
        for path in found.keys() | handed_over.expected.keys()
        if found.get(path) != handed_over.expected.get(path)
    }


def graded(taken):
    return sorted(one.student for one in taken.submissions)


def test_every_file_is_in_its_place(handed_over, tmp_path):
    taken = take_in(handed_over.write_zip(tmp_path / "class.zip"), ASKED)

    assert differences(taken, handed_over) == {}
    assert len(taken.files) == len(handed_over.entries)


def test_without_a_roster_names_stay_the_same_at_the_next_download(
    handed_over, tmp_path
):
    taken = take_in(handed_over.write_zip(tmp_path / "class.zip"), ASKED)

    assert graded(taken) == sorted(handed_over.without_roster.values())
    assert {one.standing for one in taken.students} == {Standing.BY_PLATFORM}


def test_with_the_platforms_own_table_everybody_is_matched(handed_over, tmp_path):
    archive = handed_over.write_zip(tmp_path / "class.zip")

    taken = take_in(archive, ASKED, roster=handed_over.write_table(tmp_path))

    assert graded(taken) == sorted(handed_over.graded.values())
    assert {one.standing for one in taken.students} == {Standing.MATCHED}
    assert differences(taken, handed_over) == {}


def test_who_handed_in_nothing_that_runs_is_told_what_to_hand_in(handed_over, tmp_path):
    taken = take_in(handed_over.write_zip(tmp_path / "class.zip"), ASKED)

    problems = {one.student for one in taken.submissions if one.problem}
    assert problems == {
        handed_over.without_roster[number] for number in handed_over.not_runnable
    }


@pytest.mark.parametrize("ending", ["tar", "tar.gz", "tar.bz2", "tar.xz"])
def test_a_tar_says_the_same_as_a_zip(ending, tmp_path):
    handed_over = canvas.hand_over(PEOPLE)

    taken = take_in(handed_over.write_tar(tmp_path / f"class.{ending}"), ASKED)

    assert differences(taken, handed_over) == {}


@pytest.mark.parametrize("platform", ["canvas", "moodle 4", "gradescope", "blackboard"])
def test_a_folder_extracted_from_the_archive_says_the_same(platform, tmp_path):
    handed_over = PLATFORMS[platform](PEOPLE)

    taken = take_in(handed_over.write_folder(tmp_path / "class"), ASKED)

    assert differences(taken, handed_over) == {}
    assert graded(taken) == sorted(handed_over.without_roster.values())


def test_a_folder_in_which_somebody_packed_everything_again_is_passed_through(
    platform, tmp_path
):
    handed_over = PLATFORMS[platform](PEOPLE)
    entries = dict(handed_over.entries)
    handed_over.entries = {f"week 3/download/{path}": entries[path] for path in entries}

    taken = take_in(handed_over.write_zip(tmp_path / "class.zip"), ASKED)

    assert graded(taken) == sorted(handed_over.without_roster.values())
    assert Counter(file.category.value for file in taken.files) == Counter(
        handed_over.expected.values()
    )


def test_clones_on_disk_are_graded_without_a_look_into_git(tmp_path):
    handed_over = github.hand_over(PEOPLE)

    taken = take_in(handed_over.write_folder(tmp_path / "class"), ASKED)

    assert taken.dialect == "GitHub Classroom"
    assert graded(taken) == sorted(handed_over.without_roster.values())
    ignored = {file.path for file in taken.files if file.category == "ignored"}
    assert "assignment-2-l-user001/.git/" in ignored
    assert not any("hooks" in path for path in ignored)


@pytest.mark.parametrize("platform", ["canvas", "blackboard", "gradescope"])
def test_the_first_attempt_counts_where_that_is_asked_for(platform, tmp_path):
    handed_over = PLATFORMS[platform](PEOPLE)
    asked = Asked(file="cnn.py", attempts=Attempts.FIRST)

    taken = take_in(handed_over.write_zip(tmp_path / "class.zip"), asked)

    twice = [one for one in PEOPLE if one.situation == "two attempts"]
    sources = {one.student: one.source for one in taken.submissions}
    for one in twice:
        assert "attempt 0" in sources[handed_over.without_roster[one.number]]


def test_another_assignments_file_is_noted_and_graded_all_the_same(tmp_path):
    handed_over = canvas.hand_over(PEOPLE)

    taken = take_in(handed_over.write_zip(tmp_path / "class.zip"), ASKED)

    told = {note.about: note.what for note in taken.notes if "assignment3" in note.what}
    wrong = [one for one in PEOPLE if one.situation == "wrong assignment"]
    assert set(told) == {handed_over.without_roster[one.number] for one in wrong}
    assert set(told.values()) == {
        "It is called rnn.py, as assignment3 asks for. It is graded all the same."
    }
