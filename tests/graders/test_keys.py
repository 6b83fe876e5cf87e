from dataclasses import replace

import pytest

from graders import keys
from graders.keys import environment, record_key, versions
from graders.records import Submission
from tests.stand_ins.every_assignment import ASSIGNMENTS

ASSIGNMENT = ASSIGNMENTS["assignment4_finetuning"]
SUBMISSION = Submission(
    student="student_a", filename="finetuning.py", source="x = 1\n", sha256="ab" * 32
)


@pytest.fixture
def copied(tmp_path):
    """The assignment with a rubric that a test may write to."""
    rubric = (ASSIGNMENT.listing.folder / "rubric.yaml").read_bytes()
    (tmp_path / "rubric.yaml").write_bytes(rubric)
    return replace(ASSIGNMENT, listing=replace(ASSIGNMENT.listing, folder=tmp_path))


def test_the_same_work_has_the_same_key_whoever_hands_it_in(copied):
    other = replace(SUBMISSION, student="student_b", filename="renamed.py")

    assert record_key(SUBMISSION, ASSIGNMENT, 0) == record_key(other, copied, 0)


def test_a_key_is_made_of_short_hexadecimal_hashes():
    key = record_key(SUBMISSION, ASSIGNMENT, 3)

    assert key.seed == 3
    for part in (key.submission, key.suite, key.data, key.environment):
        assert len(part) == 16
        assert set(part) <= set("0123456789abcdef")


def test_another_submission_or_seed_changes_only_its_own_part():
    key = record_key(SUBMISSION, ASSIGNMENT, 0)
    other = record_key(replace(SUBMISSION, sha256="cd" * 32), ASSIGNMENT, 1)

    assert other == replace(key, submission="cd" * 8, seed=1)


def test_a_rubric_that_was_edited_changes_the_suites_part(copied):
    key = record_key(SUBMISSION, copied, 0)
    with (copied.listing.folder / "rubric.yaml").open("a") as rubric:
        rubric.write("# another line\n")

    changed = record_key(SUBMISSION, copied, 0)

    assert changed == replace(key, suite=changed.suite)
    assert changed.suite != key.suite


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
