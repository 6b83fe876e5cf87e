from dataclasses import replace

import pytest

from graders import keys
from graders.keys import environment, group_keys, record_key, versions
from graders.records import Submission
from tests.stand_ins.every_assignment import ASSIGNMENTS

ASSIGNMENT = ASSIGNMENTS["assignment4_finetuning"]
SUBMISSION = Submission(
    student="student_a", filename="finetuning.py", source="x = 1\n", sha256="ab" * 32
)


def with_rubric(**changes):
    return replace(ASSIGNMENT, rubric=ASSIGNMENT.rubric.model_copy(update=changes))


def test_the_same_work_has_the_same_key_whoever_hands_it_in():
    other = replace(SUBMISSION, student="student_b")

    assert record_key(SUBMISSION, ASSIGNMENT, 0) == record_key(other, ASSIGNMENT, 0)


def test_a_file_of_another_name_is_other_work_since_code_can_read_its_name():
    other = replace(SUBMISSION, filename="renamed.py")

    assert record_key(SUBMISSION, ASSIGNMENT, 0) != record_key(other, ASSIGNMENT, 0)


def test_a_key_is_made_of_short_hexadecimal_hashes():
    key = record_key(SUBMISSION, ASSIGNMENT, 3)

    assert key.seed == 3
    for part in (key.submission, key.suite, key.data, key.environment):
        assert len(part) == 16
        assert set(part) <= set("0123456789abcdef")


def test_another_submission_or_seed_changes_only_its_own_part():
    other = replace(SUBMISSION, sha256="cd" * 32)

    key = record_key(SUBMISSION, ASSIGNMENT, 0)
    changed = record_key(other, ASSIGNMENT, 1)

    assert changed == replace(key, submission=other.content, seed=1)


def test_points_and_titles_change_no_key_since_they_change_no_finding():
    first, *others = ASSIGNMENT.rubric.tasks
    dearer = first.model_copy(update={"points": 99.0, "title": "Another title"})
    edited = with_rubric(tasks=(dearer, *others), points=200.0, version=9)

    assert record_key(SUBMISSION, edited, 0) == record_key(SUBMISSION, ASSIGNMENT, 0)


def test_limits_and_thresholds_change_the_suites_part():
    key = record_key(SUBMISSION, ASSIGNMENT, 0)
    limits = ASSIGNMENT.rubric.limits.model_copy(update={"check_s": 1.0})

    for edited in (with_rubric(limits=limits), with_rubric(gates={})):
        changed = record_key(SUBMISSION, edited, 0)
        assert changed == replace(key, suite=changed.suite)
        assert changed.suite != key.suite
        assert group_keys(edited).keys() == group_keys(ASSIGNMENT).keys()
        assert not set(group_keys(edited).values()) & set(
            group_keys(ASSIGNMENT).values()
        )


@pytest.mark.parametrize(
    "change",
    [{"calibration": None}, {"provided": {"base.npz": b"other weights"}}],
    ids=["no calibration", "other provided files"],
)
def test_what_else_a_grading_rests_on_changes_the_suites_part(change):
    key = record_key(SUBMISSION, ASSIGNMENT, 0)

    changed = record_key(SUBMISSION, replace(ASSIGNMENT, **change), 0)

    assert changed == replace(key, suite=changed.suite)
    assert changed.suite != key.suite


def test_another_version_of_a_package_is_another_environment(monkeypatch):
    before = environment()
    monkeypatch.setattr(keys, "version", lambda name: "0.0.1")
    environment.cache_clear()
    try:
        after = environment()
    finally:
        environment.cache_clear()

    assert after != before


def test_a_package_that_is_not_installed_has_no_version(monkeypatch):
    monkeypatch.setattr(keys, "_PACKAGES", ("no-such-package",))

    assert versions()["no-such-package"] == "none"
