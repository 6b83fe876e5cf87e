import os
import struct
import threading
from collections.abc import Iterator

import pytest

from graders.errors import WireError
from graders.wire import MAX_FRAME_BYTES, read_frame, write_frame


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """A reader and a writer; whichever is still open is closed afterwards."""
    reader, writer = os.pipe()
    yield reader, writer
    for fd in (reader, writer):
        try:
            os.close(fd)
        except OSError:
            continue


def test_two_frames_in_a_row_come_back_one_by_one(pipe):
    reader, writer = pipe

    write_frame(writer, b"first")
    write_frame(writer, b"second")

    assert read_frame(reader) == b"first"
    assert read_frame(reader) == b"second"


def test_an_empty_frame_is_a_frame_and_not_the_end(pipe):
    reader, writer = pipe

    write_frame(writer, b"")
    write_frame(writer, b"next")

    assert read_frame(reader) == b""
    assert read_frame(reader) == b"next"


def test_the_end_of_the_stream_between_frames_is_none(pipe):
    reader, writer = pipe
    write_frame(writer, b"last")
    os.close(writer)

    first, second = read_frame(reader), read_frame(reader)

    assert first == b"last"
    assert second is None


def test_a_frame_larger_than_a_pipe_holds_comes_back_whole(pipe):
    reader, writer = pipe
    payload = bytes(range(256)) * 20_000
    thread = threading.Thread(target=write_frame, args=(writer, payload))
    thread.start()

    received = read_frame(reader)

    thread.join()
    assert received == payload


def test_the_reader_does_not_wait_for_the_end_of_the_stream(pipe):
    reader, writer = pipe
    write_frame(writer, b"complete")

    received = read_frame(reader)  # The writer is still open.

    assert received == b"complete"


def test_an_announced_length_over_the_limit_is_refused_before_it_is_read(pipe):
    reader, writer = pipe
    os.write(writer, struct.pack(">I", MAX_FRAME_BYTES + 1))

    with pytest.raises(WireError) as refused:
        read_frame(reader)

    assert refused.value.what == (
        "a frame of 67,108,865 bytes was announced; at most 67,108,864 fit"
    )


@pytest.mark.parametrize(
    "sent",
    [b"\x00", b"\x00\x00\x00", struct.pack(">I", 9), struct.pack(">I", 9) + b"12345"],
    ids=["part of a length", "most of a length", "only a length", "half of the body"],
)
def test_a_stream_that_ends_inside_a_frame_is_refused(pipe, sent):
    reader, writer = pipe
    os.write(writer, sent)
    os.close(writer)

    with pytest.raises(WireError, match="the stream ended inside a frame"):
        read_frame(reader)


def test_a_payload_over_the_limit_is_not_sent(pipe):
    _, writer = pipe
    payload = bytes(MAX_FRAME_BYTES + 1)

    with pytest.raises(WireError) as refused:
        write_frame(writer, payload)

    assert refused.value.what == (
        "the frame has 67,108,865 bytes; at most 67,108,864 fit"
    )


def test_writing_to_a_closed_reader_is_an_os_error(pipe):
    reader, writer = pipe
    os.close(reader)

    with pytest.raises(BrokenPipeError):
        write_frame(writer, b"anything")
