import os
from collections.abc import Iterator

import pytest

from graders.sandbox.channel import Channel
from graders.wire import encode, write_frame

SECONDS = 0.05


class Peer:
    """The other end of a channel, held by the test."""

    def __init__(self) -> None:
        self.questions, question_end = os.pipe()
        reply_end, self.replies = os.pipe()
        output_end, self.output = os.pipe()
        self.waited: list[float] = [0.0]
        self.when_asked_again = lambda: None
        self.channel = Channel(
            reply_end,
            question_end,
            output_end,
            output_kib=1,
            kill=lambda: None,
            waited_s=self._waited_s,
        )

    def reply(self) -> None:
        write_frame(self.replies, encode({"number": 1, "ending": "returned"}))

    def close(self) -> None:
        for fd in (self.replies, self.output, self.questions):
            os.close(fd)
        self.channel.close()

    def _waited_s(self) -> float:
        if len(self.waited) > 1:
            return self.waited.pop(0)
        self.when_asked_again()
        return self.waited[0]


@pytest.fixture
def peer() -> Iterator[Peer]:
    made = Peer()
    yield made
    made.close()


def test_who_waited_for_a_processor_gets_that_time_back(peer):
    peer.waited = [1.0, 61.0]
    peer.when_asked_again = peer.reply

    reply = peer.channel.exchange({"ask": "call"}, SECONDS)

    assert reply["ending"] == "returned"


def test_who_had_a_processor_all_the_time_gets_no_more_of_it(peer):
    peer.waited = [1.0, 1.0]
    peer.when_asked_again = peer.reply

    with pytest.raises(TimeoutError):
        peer.channel.exchange({"ask": "call"}, SECONDS)


def test_who_waits_again_in_the_time_given_back_gets_that_back_too(peer):
    peer.waited = [0.0, SECONDS, 1.5 * SECONDS, 2.5 * SECONDS]
    peer.when_asked_again = peer.reply

    reply = peer.channel.exchange({"ask": "call"}, SECONDS)

    assert reply["ending"] == "returned"


def test_the_time_that_is_given_back_is_bounded(peer):
    looks: list[None] = []
    peer.waited = [0.0, 1e9]
    peer.when_asked_again = lambda: looks.append(None)

    with pytest.raises(TimeoutError):
        peer.channel.exchange({"ask": "call"}, SECONDS)

    assert len(looks) == 2


def test_who_waits_less_in_all_since_a_thread_has_ended_is_not_given_more(peer):
    peer.waited = [9.0, 1.0]

    with pytest.raises(TimeoutError):
        peer.channel.exchange({"ask": "call"}, SECONDS)
