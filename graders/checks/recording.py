"""Every question and answer, in order; and the same answers again, from a record."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol

from graders.errors import NeverAsked
from graders.records import Answer, Observation
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
    """Answers from stored observations; runs nothing.

    The same question asked again gets its answers in the order in which they were
    recorded, and the last one from then on.
    """

    def __init__(self, observations: Iterable[Observation], *, room: str) -> None:
        self._answers: dict[str, list[Answer]] = defaultdict(list)
        for seen in observations:
            if seen.room == room:
                self._answers[question_hash(seen.question)].append(seen.answer)
        self._room = room

    def ask(self, question: dict[str, Any], seconds: float) -> Answer:
        """The recorded answer.

        Raises:
            NeverAsked: if the stored grading does not hold it.
        """
        answers = self._answers.get(question_hash(question))
        if not answers:
            raise NeverAsked(
                f"the stored grading does not answer {question['ask']!r}"
                f" {question.get('function', '')!r} in the {self._room} room",
                "replay",
                "Grade this submission again.",
            )
        return answers.pop(0) if len(answers) > 1 else answers[0]


def question_hash(question: dict[str, Any]) -> str:
    """Names a question by its content."""
    return hashlib.sha256(encode(question)).hexdigest()
