"""Every question and answer, in order; and the same answers again, from a record."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol

from graders.errors import NeverAsked
from graders.records import Answer, Observation
from graders.records.storing import StoredAnswer
from graders.wire import encode


class Asks(Protocol):
    """Anything that answers questions: a worker, or a stored grading."""

    def ask(self, question: dict[str, Any], seconds: float) -> Answer:
        """Answers one question within so many seconds."""


class Recorder:
    """Passes questions on and keeps them, with their answers.

    Args:
        asks: who answers.
        group: `public` or `hidden`.
        room: `student` or `clean`.
        kept: the list that observations are added to.
    """

    def __init__(
        self, asks: Asks, *, group: str, room: str, kept: list[Observation]
    ) -> None:
        self._asks, self._group, self._room, self._kept = asks, group, room, kept
        self.check = ""
        """Id of the check that is running."""

    def ask(self, question: dict[str, Any], seconds: float) -> Answer:
        """Asks, records, answers."""
        answer = self._asks.ask(question, seconds)
        self._kept.append(
            Observation(
                group=self._group,
                room=self._room,
                check=self.check,
                question=question,
                answer=answer,
            )
        )
        return answer


class Replay:
    """Answers from a stored grading; runs nothing.

    The same question asked again gets its answers in the order in which they were
    recorded, and the last one from then on.
    """

    def __init__(self, stored: Iterable[StoredAnswer], *, room: str) -> None:
        self._answers: dict[bytes, list[StoredAnswer]] = defaultdict(list)
        for answer in stored:
            if answer.room == room:
                self._answers[answer.question].append(answer)
        self._room = room

    def ask(self, question: dict[str, Any], seconds: float) -> Answer:
        """The recorded answer.

        Raises:
            NeverAsked: if the stored grading does not hold it.
        """
        answers = self._answers.get(encode(question))
        if not answers:
            raise NeverAsked(
                f"the stored grading does not answer {question['ask']!r}"
                f" {question.get('function', '')!r} in the {self._room} room",
                "replay",
                "Grade this submission again.",
            )
        next_one = answers.pop(0) if len(answers) > 1 else answers[0]
        return next_one.unpack()
