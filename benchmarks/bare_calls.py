"""Imports Keras and makes the calls of a recorded grading: no grader around it.

bare_calls.py RECORD SUBMISSION all|student [TIMES]

With TIMES it makes them all so many times, in this one process, and prints how many
seconds each time took, as a JSON list.
"""

import json
import sys
import time
from pathlib import Path

import keras

from graders.records import Record
from graders.records.storing import unpack_record
from graders.worker.answering import Session

HANDLES_PER_CHILD = 1_000_000


def main(record_path: str, submission_path: str, which: str, times: str = "") -> None:
    record = unpack_record(Path(record_path).read_bytes())
    source = Path(submission_path).read_text("utf-8")
    if not times:
        make_calls(record, source, which)
        return
    seconds = []
    for _ in range(int(times)):
        start = time.perf_counter()
        make_calls(record, source, which)
        seconds.append(time.perf_counter() - start)
        keras.utils.clear_session()  # What one submission leaves, the next is spared.
    print(json.dumps(seconds))


def make_calls(record: Record, source: str, which: str) -> None:
    """One session per worker of the grading, all of them in this process."""
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
