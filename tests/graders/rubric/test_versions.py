import pytest
import yaml

from graders.errors import AssignmentError
from graders.rubric import Rubric, marks_sha256, read_rubric, require_new_version
from tests.stand_ins.every_assignment import ASSIGNMENTS
from tests.stand_ins.marks import a_rubric

TEXT = """\
schema: 1
assignment: a1
names: [a1]
version: 3
title: An assignment
file: a1.py
points: 17
limits: {load_s: 1, check_s: 1, submission_s: 9, memory_mib: 512, output_kib: 16}
gates:
  accuracy: {task: A1.2, of: The accuracy, at_least: 1}
tasks:
  - id: A1.1
    title: First
    points: 3
    functions: {f: lesson L1}
    checks: {one: 1, two: 2}
  - id: A1.2
    title: Second
    points: 2
    functions: {g: lesson L2}
    checks: {three: 2}
  - id: A1.3
    title: Third
    points: 4
    functions: {h: lesson L3}
    checks: {four: 4}
    bonus: true
manual:
  - id: A1.M1
    title: The report
    points: 10
    levels: {0: nothing, 10: everything}
style: {stage: product, points: 2, per_finding: 0.5}
policy:
  due: 2026-10-09 23:59
  timezone: Europe/Berlin
  grace_minutes: 10
  late: {per_day: 0.1, at_most: 0.5, closes_after_days: 7}
  bank: {days: 4, per_assignment: 2}
  counts: best
  groups: 3
  hidden_items: after_due
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rubric.yaml"


def hash_of(path, *changes):
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)
    return marks_sha256(read_rubric(path))


@pytest.mark.parametrize(
    "changes",
    [
        [("{one: 1, two: 2}", "{one: 2, two: 1}")],
        [("{one: 1, two: 2}", "{one: 1, new: 2}")],
        [
            ("points: 3", "points: 4"),
            ("two: 2", "two: 3"),
            ("points: 17", "points: 18"),
        ],
        [("bonus: true", "bonus: false"), ("points: 17", "points: 21")],
        [("points: 10", "points: 11"), ("points: 17", "points: 18")],
        [("at_least: 1", "at_least: 0.9")],
        [("at_least: 1", "at_most: 1")],
        [("{task: A1.2,", "{task: A1.1,")],
        [("stage: product", "stage: deployment")],
        [("points: 2, per", "points: 3, per"), ("points: 17", "points: 18")],
        [("per_finding: 0.5", "per_finding: 1")],
        [("23:59", "22:59")],
        [("Europe/Berlin", "Europe/Lisbon")],
        [("grace_minutes: 10", "grace_minutes: 11")],
        [("per_day: 0.1", "per_day: 0.2")],
        [("at_most: 0.5", "at_most: 0.6")],
        [("closes_after_days: 7", "closes_after_days: 8")],
        [("days: 4", "days: 5")],
        [("per_assignment: 2", "per_assignment: 1")],
        [("counts: best", "counts: last")],
        [("groups: 3", "groups: 4")],
    ],
)
def test_whatever_alters_marks_alters_the_hash(path, changes):
    assert hash_of(path, *changes) != hash_of(path)


@pytest.mark.parametrize(
    "changes",
    [
        [("title: An assignment", "title: Another")],
        [("title: First", "title: The first")],
        [("title: The report", "title: Your report")],
        [("lesson L1", "lesson L2")],
        [("of: The accuracy", "of: The share")],
        [("{0: nothing, 10: everything}", "{5: half}")],
        [("load_s: 1", "load_s: 2")],
        [("names: [a1]", "names: [a1, first]\npackages: [numpy]")],
        [("  hidden_items: after_due\n", "")],
        [("version: 3", "version: 4")],
    ],
)
def test_what_alters_no_mark_leaves_the_hash(path, changes):
    assert hash_of(path, *changes) == hash_of(path)


@pytest.mark.parametrize(
    "changes",
    [
        [("points: 3", "points: 3.0"), ("one: 1", "one: 1.0")],
        [("{one: 1, two: 2}", "{two: 2, one: 1}")],
        [("at_least: 1", "at_least: 1.0")],
        [("23:59", "23:59:00")],
    ],
)
def test_how_the_same_is_written_leaves_the_hash(path, changes):
    assert hash_of(path, *changes) == hash_of(path)


def test_the_order_of_keys_and_of_tasks_leaves_the_hash(path):
    before = hash_of(path)
    data = yaml.safe_load(TEXT)
    data["tasks"].reverse()

    path.write_text(yaml.safe_dump(data, sort_keys=True))

    assert marks_sha256(read_rubric(path)) == before


def test_a_policy_that_says_what_holds_anyway_leaves_the_hash():
    silent = a_rubric(None)
    spoken = a_rubric(
        {"counts": "last", "grace_minutes": 0, "hidden_items": "never"},
    )

    assert marks_sha256(spoken) == marks_sha256(silent)


def test_style_without_points_leaves_the_hash():
    advised = a_rubric(style={"stage": "product", "points": 0})

    assert marks_sha256(advised) == marks_sha256(a_rubric())


def test_the_hash_of_a_rubric_stays_what_it_was():
    # Ledgers keep it. If this fails, every rubric that has given marks is refused.
    assert marks_sha256(a_rubric()) == (
        "35d5d69784cefcad6273cd31bc64ee7c0f011ab40af5ab53ba44b919ad34421d"
    )


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_shipped_rubric_has_a_hash(name):
    assert len(marks_sha256(ASSIGNMENTS[name].rubric)) == 64


# --- versions -------------------------------------------------------------------------


def version(number: int) -> Rubric:
    return a_rubric(version=number)


SAME, OTHER = marks_sha256(a_rubric()), "0" * 64


@pytest.mark.parametrize(
    "known",
    [
        {},
        {2: SAME},
        {1: OTHER},
        {1: OTHER, 2: SAME},
        {1: OTHER, 2: SAME, 5: OTHER},  # back to what it was
    ],
)
def test_a_version_that_is_new_or_marks_as_before_is_taken(known):
    assert require_new_version(version(2), known) is None


@pytest.mark.parametrize(
    ("known", "what", "fix"),
    [
        (
            {2: OTHER},
            "marks would change, while the version stays 2",
            "Raise `version` to 3.",
        ),
        (
            {1: SAME, 2: OTHER, 5: OTHER},
            "marks would change, while the version stays 2",
            "Raise `version` to 6.",
        ),
        (
            {1: OTHER, 5: OTHER},
            "version 2 is new, and lower than version 5",
            "Raise `version` to 6.",
        ),
    ],
)
def test_other_marks_need_a_version_above_all_that_are_known(known, what, fix):
    with pytest.raises(AssignmentError) as caught:
        require_new_version(version(2), known)

    assert (caught.value.what, caught.value.where) == (what, "rubric.yaml, `version`")
    assert caught.value.fix == fix
