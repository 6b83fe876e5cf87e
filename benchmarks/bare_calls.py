"""Imports Keras and makes the calls of a recorded grading: no grader around it.

bare_calls.py RECORD SUBMISSION all|student
"""

import sys
from pathlib import Path

import keras  # noqa: F401 - what a student's own script would pay for

from graders.records.storing import unpack_record
from graders.worker.answering import Session

HANDLES_PER_CHILD = 1_000_000


def main(record_path: str, submission_path: str, which: str) -> None:
    """One session per worker of the grading, all of them in this process."""
    record = unpack_record(Path(record_path).read_bytes())
    source = Path(submission_path).read_text("utf-8")
    sessions: dict[tuple[str, str], Session] = {}
    for seen in record.observations:
        if which == "student" and seen.room != "student":
            continue
        session = sessions.get((seen.group, seen.room))
        if session is None:
            session = sessions[seen.group, seen.room] = Session()
            _load(session, source if seen.room == "student" else "")
        if seen.question["ask"] != "load":
            answer = session.answer({**seen.question, "output_kib": 1024})
            assert answer["ending"] == seen.answer.ending.value, answer


def _load(session: Session, source: str) -> None:
    question = {
        "ask": "load",
        "filename": "cnn.py",
        "source": source,
        "seed": 0,
        "first_handle": HANDLES_PER_CHILD,
        "output_kib": 1024,
    }
    answer = session.answer(question)
    assert answer["ending"] == "returned", answer


if __name__ == "__main__":
    main(*sys.argv[1:])
