"""Looks for bytes that make the wire do anything but answer or refuse.

    python tests/fuzz/fuzz_wire.py -max_total_time=120

Guided by which lines of the wire run (atheris, libFuzzer). The options are libFuzzer's;
an input that breaks something is kept in a file, whose name can be given to see it
again. The first byte of an input chooses the reader: a stream of frames, or one value.
"""

import contextlib
import os
import struct
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import atheris
import numpy as np

with atheris.instrument_imports(include=["graders"]):
    from graders.errors import WireError
    from graders.sandbox.reading_answers import read_answer
    from graders.wire import Generator, Opaque, decode, encode, read_frame

# What a run has found is where the next one goes on.
CORPUS = Path(tempfile.gettempdir(), "survival-school-fuzz-wire")
SEEDS: list[Any] = [
    {"ending": "returned", "value": 3.5, "number": 2, "printed": "text", "changed": []},
    {
        "ending": "raised",
        "error": {"type": "E", "message": "m", "line": 3},
        "number": 1,
    },
    {"ending": "returned", "value": {"a": (1, [2, {"b": None}]), 7: b"bytes"}},
    {"ending": "returned", "value": np.arange(12, dtype="float32").reshape(3, 4)},
    {
        "ending": "returned",
        "value": [np.zeros((2, 0, 3), "int8"), np.array([["a", ""]])],
    },
    {"ending": "returned", "value": [Opaque(1_000_001, "keras.Model"), Generator(4)]},
]


def read_one(data: bytes) -> None:
    """One input; only `WireError` is an answer beside a value."""
    if data[:1] < b"\x80":
        return read_value(data[1:])
    return read_stream(data[1:])


def read_value(data: bytes) -> None:
    """A value that comes out can be sent again, and is an answer or is refused."""
    try:
        value = decode(data)
        read_answer(value)
    except WireError:
        return
    with contextlib.suppress(WireError):  # One level too deep to be sent again.
        again = decode(encode(value))
        assert repr(again) == repr(value)


def read_stream(data: bytes) -> None:
    """Frames until the stream ends; each is read as a value."""
    reader, writer = os.pipe()
    sending = threading.Thread(target=_send, args=(writer, data))
    sending.start()
    try:
        while (frame := read_frame(reader)) is not None:
            read_value(frame)
    except WireError:
        pass
    finally:
        os.close(reader)
        sending.join()


def _send(writer: int, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), os.fdopen(writer, "wb") as stream:
        stream.write(data)


def _keep_seeds(folder: Path) -> None:
    packed = [encode(value) for value in SEEDS]
    frames = b"".join(struct.pack(">I", len(data)) + data for data in packed)
    for number, data in enumerate(
        [*(b"\x00" + data for data in packed), b"\xff" + frames]
    ):
        (folder / f"seed{number}").write_bytes(data)


def main() -> None:
    """Fuzzes until its options say that it is enough."""
    again = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if not again:
        CORPUS.mkdir(exist_ok=True)
        _keep_seeds(CORPUS)
    atheris.Setup([*sys.argv, *([] if again else [str(CORPUS)])], read_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
