"""The loop of one child: read a question, answer it, until the stream ends."""

import faulthandler
import signal
from typing import Any

from graders.errors import WireError
from graders.wire import MAX_FRAME_BYTES, decode, encode, read_frame, write_frame
from graders.worker.answering import Session


def serve(read_fd: int, write_fd: int) -> None:
    """Answers questions until the other side closes the stream.

    Args:
        read_fd: where questions come from.
        write_fd: where answers go.
    """
    if hasattr(signal, "SIGXCPU"):
        # The first limit of CPU seconds: tell where the code was, then end.
        faulthandler.register(signal.SIGXCPU, file=2, chain=True)
    session = Session()
    while (frame := read_frame(read_fd)) is not None:
        question = decode(frame)
        stack_after_s = question.get("stack_after_s")
        if stack_after_s:
            # Where an endless call was: the stack goes to stderr, and the grader
            # takes line numbers, nothing else, from it.
            faulthandler.dump_traceback_later(stack_after_s, file=2)
        answer = session.answer(question) | {"number": question["number"]}
        faulthandler.cancel_dump_traceback_later()
        write_frame(write_fd, encode_answer(answer))


def encode_answer(answer: dict[str, Any]) -> bytes:
    """Packs an answer; one that cannot be packed becomes an error in words."""
    try:
        packed = encode(answer)
    except WireError as error:
        return _unreadable(answer, error.what)
    except Exception as error:
        return _unreadable(answer, type(error).__name__)
    if len(packed) > MAX_FRAME_BYTES:
        return _unreadable(
            answer,
            f"it takes {len(packed) / 2**20:,.0f} MiB; at most"
            f" {MAX_FRAME_BYTES // 2**20} MiB fit",
        )
    return packed


def _unreadable(answer: dict[str, Any], note: str) -> bytes:
    number = answer["number"]
    return encode({"ending": "unreadable", "note": note[:300], "number": number})
