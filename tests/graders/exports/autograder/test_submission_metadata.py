import json
from datetime import UTC, datetime

import pytest

from graders.exports.autograder.submission_metadata import read_metadata


def test_the_times_of_gradescope_are_read_with_their_zone(tmp_path):
    path = tmp_path / "submission_metadata.json"
    text = {
        "id": 123,
        "created_at": "2026-10-09T12:00:00.000000-07:00",
        "assignment": {"due_date": "2026-10-10T00:00:00.000000-07:00"},
    }
    path.write_text(json.dumps(text))

    found = read_metadata(path)

    assert found.id == "123"
    assert found.created_at == datetime(2026, 10, 9, 19, tzinfo=UTC)
    assert found.due_at == datetime(2026, 10, 10, 7, tzinfo=UTC)
    assert found.problem == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[" * 100_000, "it cannot be read"),
        ("[1]", "it is no JSON object"),
        ("{}", "it says no time of submission"),
        ('{"created_at": "yesterday", "assignment": 3}', "it says no time"),
        ('{"created_at": "2026-10-09T12:00:00"}', "it says no time"),
        ('{"created_at": 5}', "it says no time"),
    ],
)
def test_what_cannot_be_read_is_told_and_ends_nothing(tmp_path, text, problem):
    path = tmp_path / "submission_metadata.json"
    path.write_text(text)

    found = read_metadata(path)

    assert found.created_at is None
    assert found.problem.startswith(problem)


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "No such file" in read_metadata(tmp_path / "none.json").problem
