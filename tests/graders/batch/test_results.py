import csv
import json
from dataclasses import replace

import pytest

from graders.batch import ResultFolder
from graders.errors import UsageError
from graders.records import Outcome
from tests.stand_ins.records import KEY, finding, item, record


@pytest.fixture
def results(tmp_path):
    return ResultFolder(tmp_path / "grades")


def test_a_result_is_a_report_a_document_and_a_record(results):
    results.write(record())

    folder = results.student_folder("student_a")
    assert sorted(path.name for path in folder.iterdir()) == [
        "record.msgpack.gz",
        "report.md",
        "result.json",
    ]
    assert (folder / "report.md").read_text("utf-8").startswith("# assignment2")
    assert json.loads((folder / "result.json").read_text("utf-8"))["score"] == 8


def test_a_result_is_found_again_by_its_key(results):
    results.write(record())

    found = results.find("student_a", KEY)

    assert found == record()


@pytest.mark.parametrize(
    "change",
    [
        {"submission": "another"},
        {"suite": "another"},
        {"data": "another"},
        {"environment": "another"},
        {"seed": 1},
    ],
)
def test_a_result_of_another_key_is_not_found(results, change):
    results.write(record())

    found = results.find("student_a", replace(KEY, **change))

    assert found is None


def test_a_result_with_a_broken_check_is_graded_again(results):
    broken = item(finding(outcome=Outcome.BROKEN), outcome=Outcome.BROKEN)
    results.write(record(broken))

    found = results.find("student_a", KEY)

    assert found is None


@pytest.mark.parametrize("content", [b"", b"garbage", b"\x1f\x8b\x08"])
def test_a_result_that_cannot_be_read_is_graded_again(results, content):
    results.write(record())
    (results.student_folder("student_a") / "record.msgpack.gz").write_bytes(content)

    found = results.find("student_a", KEY)

    assert found is None


def test_nothing_is_found_of_who_was_never_graded(results):
    assert results.find("student_z", KEY) is None


def test_a_result_is_written_over_an_older_one(results):
    results.write(record(duration_s=1.0))
    results.write(record(duration_s=2.0))

    found = results.find("student_a", KEY)

    assert found.duration_s == 2.0


def test_scores_are_a_row_for_each_record(results):
    path = results.write_scores([record(), record(student="student_b")])

    with path.open(newline="") as file:
        names = [row["student"] for row in csv.DictReader(file)]
    assert path == results.folder / "scores.csv"
    assert names == ["student_a", "student_b"]


def test_a_folder_whose_place_is_taken_is_a_usage_error(tmp_path):
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(UsageError) as caught:
        ResultFolder(tmp_path / "taken")

    assert caught.value.what == "results cannot be written here: File exists"
    assert caught.value.where == str(tmp_path / "taken")
    assert caught.value.fix == "Give another folder with --out."
