import importlib
import shutil
import sys
from dataclasses import replace

import pytest

from graders.intake import read_submission
from graders.keys import group_keys
from graders.ledger import (
    Graded,
    decide,
    hand_in,
    keep,
    open_proposal,
    start_run,
    submission_of,
)
from graders.loading import load_assignment
from graders.marks import use_rubric
from graders.pipeline import grade, open_sandbox, replay
from graders.records.storing import pack_record, unpack_head
from graders.regrade import replay_class
from tests.conftest import SUITE
from tests.stand_ins.regrading import marks
from tests.stand_ins.small_assignment import small_assignment

RIGHT = "oracle.standardize(x),\n            of="
WRONG = "oracle.standardize(x, axis=1),\n            of="
HIDDEN = "hidden_values.py"
NEW_CHECK = '''
from graders.checks import check, holds


@check("A1.1", title="Whatever")
def whatever(student):
    """It asks nothing."""
    return holds(True, "")
'''


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """An assignment one of whose hidden checks has the axis wrong, and asks once."""
    once = (HIDDEN, "[(20, 3), (4, 6)]", "[(20, 3)]")
    folder = tmp_path_factory.mktemp("project")
    return small_assignment(folder, once, (HIDDEN, RIGHT, WRONG))


@pytest.fixture(scope="module")
def gradings(before, tmp_path_factory):
    """What its wrong check makes of a class."""
    suite = before.suite.folder
    texts = {
        "student_a": (suite / "reference.py").read_text(),
        "student_b": (suite / "mutants" / "wrong_axis.py").read_text(),
        "student_c": "def standardize(x:\n",
        "student_d": "import nothing_of_that_name\n",
    }
    folder = tmp_path_factory.mktemp("class")
    found = []
    with open_sandbox(before) as sandbox:
        for name, text in texts.items():
            path = folder / name / before.rubric.file
            path.parent.mkdir()
            path.write_text(text)
            submission = read_submission(path, name)
            packed = unpack_head(pack_record(grade(submission, before, sandbox)))
            found.append((submission, packed))
    return found


@pytest.fixture
def a_class(ledger, before, gradings):
    """The ledger, with the class graded."""
    record_class(ledger, before, gradings)
    return ledger


def record_class(ledger, assignment, gradings, groups=None):
    name = assignment.listing.name
    row, run = (
        use_rubric(ledger, assignment.rubric),
        start_run(ledger, "batch", name, {}),
    )
    hand_in(ledger, name, [submission for submission, _ in gradings], run)
    graded = [Graded(packed, row.id, None) for _, packed in gradings]
    keep(ledger, run, graded, groups or group_keys(assignment))


@pytest.fixture
def corrected(before):
    """Changes files of the suite and loads it again; at the end, all is as before."""
    folder = before.suite.folder
    texts = {path: path.read_bytes() for path in folder.glob("*.py")}

    def load():
        for module in [
            name for name in sys.modules if name.startswith(before.suite.name)
        ]:
            del sys.modules[module]
        # Compiled files are told from stale ones by size and by full seconds only.
        shutil.rmtree(folder / "__pycache__", ignore_errors=True)
        importlib.invalidate_caches()
        return load_assignment(before.listing)

    def change(file, old, new):
        path = folder / file
        text = path.read_text() if path.is_file() else ""
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new)
        return load()

    yield change
    for path in set(folder.glob("*.py")) - set(texts):
        path.unlink()
    for path, text in texts.items():
        path.write_bytes(text)
    load()


def again(ledger, assignment, **options):
    return replay_class(ledger, assignment, reason="the axis was wrong", **options)


def contents(gradings, *names):
    return {
        submission.content for submission, _ in gradings if submission.student in names
    }


# --- what is judged -------------------------------------------------------------------


def test_a_corrected_check_moves_marks_once_that_is_accepted(a_class, corrected):
    after = corrected(HIDDEN, WRONG, RIGHT)

    found = again(a_class, after)

    assert (found.num_judged, found.num_changed, found.to_run) == (4, 2, {})
    assert marks(a_class, after.rubric) == {
        "student_a": 6,
        "student_b": 4,
        "student_c": 0,
        "student_d": 0,
    }
    proposed = {"student_a": 10, "student_b": 0, "student_c": 0, "student_d": 0}
    assert marks(a_class, after.rubric, found.proposal.id) == proposed
    decide(a_class, found.proposal, accepted=True, reason="seen")
    assert marks(a_class, after.rubric) == proposed


def test_only_groups_that_have_changed_are_judged_again(
    a_class, corrected, monkeypatch
):
    after = corrected(HIDDEN, WRONG, RIGHT)
    judged = []

    def spy(stored, assignment, **options):
        judged.append((options["groups"], set(stored.observations)))
        return replay(stored, assignment, **options)

    monkeypatch.setattr("graders.regrade.judging_again.replay", spy)
    again(a_class, after)

    assert {groups for groups, _ in judged} == {("hidden_values",)}
    assert all(seen <= {"hidden_values"} for _, seen in judged)


def test_where_nothing_has_changed_nothing_is_judged(a_class, before):
    found = again(a_class, before)

    assert (found.num_standing, found.num_judged, found.proposal) == (4, 0, None)


def test_what_was_replayed_is_not_replayed_again(a_class, corrected):
    after = corrected(HIDDEN, WRONG, RIGHT)
    decide(a_class, again(a_class, after).proposal, accepted=True, reason="")

    found = again(a_class, after)

    assert (found.num_judged, found.proposal) == (0, None)


def test_a_proposal_that_was_turned_down_is_made_again_without_judging(
    a_class, corrected
):
    after = corrected(HIDDEN, WRONG, RIGHT)
    decide(a_class, again(a_class, after).proposal, accepted=False, reason="not yet")

    found = again(a_class, after)

    assert found.num_judged == 0
    assert marks(a_class, after.rubric, found.proposal.id)["student_a"] == 10


def test_a_replay_that_was_stopped_goes_on(a_class, corrected, monkeypatch):
    after = corrected(HIDDEN, WRONG, RIGHT)
    monkeypatch.setattr("graders.regrade.judging_again._AT_A_TIME", 1)

    def stop(done, total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        again(a_class, after, progress=stop)
    assert open_proposal(a_class, after.listing.name) is None
    found = again(a_class, after)

    assert found.num_judged == 1
    assert marks(a_class, after.rubric, found.proposal.id)["student_a"] == 10


def test_a_dry_run_records_nothing(a_class, corrected):
    after = corrected(HIDDEN, WRONG, RIGHT)

    first = again(a_class, after, dry_run=True)
    second = again(a_class, after, dry_run=True)

    assert first == second
    assert (first.num_judged, first.num_changed, first.proposal) == (4, 2, None)


def test_another_rubric_gives_points_to_what_was_not_judged_again_too(a_class, before):
    tasks = [task.model_dump() for task in before.rubric.tasks]
    tasks[0]["checks"] = {"small_table": 1, "many_features": 7, "argument_stays": 2}
    rubric = type(before.rubric).model_validate(
        {**before.rubric.model_dump(by_alias=True), "tasks": tasks, "version": 2}
    )

    found = again(a_class, replace(before, rubric=rubric))

    assert found.num_judged == 0
    assert marks(a_class, rubric, found.proposal.id)["student_b"] == 7


# --- what has to be run ---------------------------------------------------------------


def test_what_was_never_asked_has_to_be_run(a_class, corrected, gradings):
    after = corrected(HIDDEN, "[(20, 3)]", "[(21, 3)]")

    found = again(a_class, after)

    assert set(found.to_run) == contents(gradings, "student_a", "student_b")
    assert all("does not answer 'call'" in why for why in found.to_run.values())
    assert found.num_judged == 2  # what could not be run, or not be imported


def test_a_new_group_has_to_be_run_and_fails_where_nothing_could_be(
    a_class, corrected, before, gradings
):
    task = before.rubric.tasks[0].id
    after = corrected("hidden_more.py", "", NEW_CHECK.replace("A1.1", task))
    tasks = [item.model_dump() for item in before.rubric.tasks]
    tasks[0] |= {"checks": {**tasks[0]["checks"], "whatever": 5}, "points": 15}
    new = {"tasks": tasks, "version": 2, "points": 15}
    rubric = before.rubric.model_dump(by_alias=True) | new
    after = replace(after, rubric=type(before.rubric).model_validate(rubric))

    found = again(a_class, after)

    assert set(found.to_run) == contents(gradings, "student_a", "student_b")
    assert all("nothing of 'hidden_more'" in why for why in found.to_run.values())
    proposed = marks(a_class, after.rubric, found.proposal.id)
    assert (proposed["student_c"], proposed["student_d"]) == (0, 0)


def test_other_data_have_to_be_run_even_with_the_same_checks(a_class, before):
    suite = replace(before.suite, data_sha256=lambda: "f" * 64)

    found = again(a_class, replace(before, suite=suite))

    assert set(found.to_run.values()) == {"the data that checks use has changed"}
    assert len(found.to_run) == 4


def test_another_environment_has_to_be_run_where_checks_have_changed(
    a_class, before, corrected, monkeypatch
):
    versions = {**dict(_versions()), "numpy": "99.0"}
    monkeypatch.setattr("graders.keys.environment", lambda: "f" * 16)
    monkeypatch.setattr("graders.regrade.outdated.versions", lambda: versions)

    same = again(a_class, before)
    other = again(a_class, corrected(HIDDEN, WRONG, RIGHT))

    assert (same.to_run, same.proposal) == ({}, None)
    (why,) = set(other.to_run.values())
    assert why.startswith("the environment has changed: numpy ")
    assert why.endswith(", now 99.0")


def _versions():
    from graders.keys import versions

    return versions().items()


# --- style ----------------------------------------------------------------------------


def test_style_is_judged_again_from_the_text_if_everything_has_changed(
    a_class, before, gradings
):
    name = before.listing.name
    keys = dict.fromkeys(group_keys(before), "another engine")
    suite = replace(before.suite, sha256="another", group_sha256=keys)
    told = []

    def spy(connection, assignment, content):
        told.append(content)
        return submission_of(connection, assignment, content)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("graders.regrade.judging_again.submission_of", spy)
        found = again(a_class, replace(before, suite=suite))

    assert name == before.rubric.assignment
    assert len(told) == 4
    assert (found.num_judged, found.num_changed) == (4, 0)


# --- many at a time -------------------------------------------------------------------


@pytest.mark.long
def test_processes_judge_as_one_does(
    ledger, assignment, sandbox, monkeypatch, tmp_path
):
    stub = assignment.listing.folder / assignment.listing.file
    (tmp_path / stub.name).write_bytes(stub.read_bytes())
    submission = read_submission(tmp_path / stub.name, "student_a")
    packed = unpack_head(pack_record(grade(submission, assignment, sandbox)))
    students = [
        replace(submission, student=name, sha256=f"{index}" * 64)
        for index, name in enumerate(("student_a", "student_b", "student_c"))
    ]
    gradings = [(one, with_content(packed, one.content)) for one in students]
    groups = {**group_keys(assignment), "hidden_arrays": "before"}
    record_class(ledger, assignment, gradings, groups)
    monkeypatch.setattr("graders.regrade.judging_again._FEW", 0)
    monkeypatch.setattr("graders.regrade.judging_again._AT_A_TIME", 2)

    found = again(ledger, assignment, workers=2)

    assert (found.num_judged, found.num_changed, found.to_run) == (3, 0, {})
    assert found.proposal is not None


def with_content(packed, content):
    key = replace(packed.record.key, submission=content, suite="before")
    return replace(packed, record=replace(packed.record, key=key))


WHEATS = ("im2col", "keras_ops", "loops")


@pytest.mark.parametrize(
    "path",
    [
        SUITE / "reference.py",
        *(
            pytest.param(SUITE / "wheats" / f"{name}.py", marks=pytest.mark.slow)
            for name in WHEATS
        ),
    ],
    ids=["reference", *WHEATS],
)
def test_a_part_replayed_is_the_whole_replayed_is_the_original(
    path, assignment, grade_text
):
    original = unpack_head(pack_record(grade_text(path.read_text("utf-8"))))

    whole = replay(original, assignment)

    assert whole == replace(original.record, key=whole.key)
    for group, body in original.observations.items():
        part = replay(
            replace(original, observations={group: body}), assignment, groups=[group]
        )
        assert part == whole, group
