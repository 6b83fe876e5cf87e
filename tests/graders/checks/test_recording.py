import numpy as np
import pytest

from graders.checks import Recorder, Replay
from graders.errors import NeverAsked
from graders.records.storing import pack_observations, stored_answers
from graders.wire import encode
from tests.stand_ins.scripted_room import ScriptedRoom, always, returned


def call(*args):
    return {"ask": "call", "function": "f", "args": list(args)}


def test_a_recorder_passes_answers_on_and_keeps_every_one():
    kept = []
    room = ScriptedRoom(call=always(3))
    recorder = Recorder(room, group="hidden", room="student", kept=kept)

    answers = []
    for check in ("A2.1.sizes", "A2.2.bias"):
        recorder.check = check
        answers.append(recorder.ask(call(1), 5))

    assert [answer.value for answer in answers] == [3, 3]
    assert [(seen.group, seen.room, seen.check) for seen in kept] == [
        ("hidden", "student", "A2.1.sizes"),
        ("hidden", "student", "A2.2.bias"),
    ]
    assert [seen.answer for seen in kept] == answers


def recorded(*pairs, room="student"):
    kept = []
    for question, value in pairs:
        asked = ScriptedRoom(call=always(value))
        Recorder(asked, group="public", room=room, kept=kept).ask(question, 1)
    return kept


def stored(*pairs, room="student"):
    return stored_answers(pack_observations(recorded(*pairs, room=room))["public"])


def test_a_replay_gives_the_recorded_answers():
    x = np.arange(3.0)
    replay = Replay(stored((call(x), 1), (call(2 * x), 2)), room="student")

    values = [replay.ask(call(q), 1).value for q in (2 * x, x)]

    assert values == [2, 1]


def test_the_same_question_gets_its_answers_in_order_and_then_the_last():
    kept = stored((call(1), "first"), (call(1), "second"))
    replay = Replay(kept, room="student")

    values = [replay.ask(call(1), 1).value for _ in range(4)]

    assert values == ["first", "second", "second", "second"]


def test_a_question_that_was_never_asked_is_an_error():
    replay = Replay(stored((call(1), 1)), room="student")

    with pytest.raises(NeverAsked) as caught:
        replay.ask(call(2), 1)

    assert caught.value.what == (
        "the stored grading does not answer 'call' 'f' in the student room"
    )
    assert caught.value.fix == "Grade this submission again."


def test_a_replay_of_one_room_does_not_answer_for_the_other():
    replay = Replay(stored((call(1), 1), room="clean"), room="student")

    with pytest.raises(NeverAsked, match="in the student room"):
        replay.ask(call(1), 1)


@pytest.mark.parametrize(
    "other", [call(1.0), call(True), call((1,)), call(np.array(1)), call(1, 1)]
)
def test_questions_that_differ_in_type_are_different_questions(other):
    assert encode(call(1)) != encode(other)


def test_an_answer_is_passed_on_as_it_came():
    answer = returned(1, printed="text", changed=("0",))
    recorder = Recorder(
        ScriptedRoom(call=always(answer)), group="public", room="student", kept=[]
    )

    got = recorder.ask(call(1), 1)

    assert got is answer
