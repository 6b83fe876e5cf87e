from dataclasses import replace
from enum import StrEnum

import numpy as np
import pytest

from graders.records import Answer, Ending, Observation, Outcome, StudentError
from graders.records.storing import (
    pack_observations,
    pack_record,
    stored_answers,
    unpack_head,
    unpack_observations,
    unpack_record,
)
from graders.wire import Generator, Opaque, encode
from tests.stand_ins.records import finding, item, record, styled_record


def observed(answer: Answer, **question: object) -> Observation:
    return Observation(
        group="hidden",
        room="student",
        check="A2.2.impulse",
        question={"ask": "call", **question},
        answer=answer,
    )


def returned(value: object) -> Answer:
    return Answer(ending=Ending.RETURNED, value=value)


def test_a_record_comes_back_as_it_was():
    error = StudentError(type="ValueError", message="größer", line=3, function="f")
    kept = record(
        observations=(
            observed(returned((1, [2.5, None], {"a": True})), args=[Generator(3)]),
            observed(Answer(ending=Ending.RAISED, error=error, printed="日本")),
            observed(Answer(ending=Ending.TIMED_OUT, line=9, changed=("0",))),
            observed(returned(Opaque(1_000_001, "keras.Model"))),
        ),
        student="student_ä",
    )

    again = unpack_record(pack_record(kept))

    assert again == kept


@pytest.mark.parametrize("dtype", ["float32", "int64", "bool", "uint8", "<U1"])
def test_arrays_of_questions_and_answers_come_back_with_their_dtype(dtype):
    array = np.array([[1, 0], [0, 1]]).astype(dtype)
    kept = record(observations=(observed(returned(array), args=[array]),))

    (seen,) = unpack_record(pack_record(kept)).observations

    for value in (seen.answer.value, seen.question["args"][0]):
        assert value.dtype == array.dtype
        np.testing.assert_array_equal(value, array)


def test_the_findings_of_an_item_are_those_of_the_record():
    kept = record(item(finding(), finding("A2.1.same", outcome=Outcome.PASSED)))

    again = unpack_record(pack_record(kept))

    assert again.score.items[0].findings == again.findings


def test_what_was_found_of_style_comes_back_with_its_item():
    fault = finding("style.unused_import.1", task="style")
    kept = styled_record(fault)

    again = unpack_record(pack_record(kept))

    assert again == kept
    assert again.score.style.findings == again.style == (fault,)


def test_the_same_record_always_gives_the_same_bytes():
    kept = record(observations=(observed(returned(np.arange(5))),))

    packed = [pack_record(kept), pack_record(unpack_record(pack_record(kept)))]

    assert packed[0] == packed[1]


def test_an_answer_as_deep_and_as_long_as_the_wire_allows_can_be_kept():
    deep: object = 1
    for _ in range(24):
        deep = [deep]
    long = list(range(199_999))
    kept = record(observations=(observed(returned(deep)), observed(returned(long))))

    again = unpack_record(pack_record(kept))

    assert [seen.answer.value for seen in again.observations] == [deep, long]


def test_a_record_of_another_version_is_refused():
    other = encode({"schema": 99})

    with pytest.raises(ValueError, match="not a record: a record of version 99"):
        unpack_record(other)


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"garbage",
        b"\xc1",
        encode([]),
        encode({"schema": 1}),
        pack_record(record())[:-9],
        b"\x1f\x8b" + b"\0" * 20,
    ],
)
def test_bytes_that_are_no_record_are_refused(garbage):
    with pytest.raises(ValueError, match=r"^not a record: "):
        unpack_record(garbage)


def test_a_record_with_an_unknown_outcome_is_refused():
    unknown = finding(outcome=StrEnum("Unknown", {"PARSED": "parsed"}).PARSED)

    with pytest.raises(ValueError, match="'parsed' is not a valid Outcome"):
        unpack_record(pack_record(record(item(unknown))))


def test_a_head_holds_all_but_the_observations():
    kept = record(observations=(observed(returned(1)), observed(returned(2))))

    packed = unpack_head(pack_record(kept))

    assert packed.record == replace(kept, observations=())
    assert unpack_observations(packed.observations["hidden"]) == list(kept.observations)


def test_a_stored_answer_is_found_by_its_question_and_unpacked_when_asked_for():
    seen = observed(returned(np.arange(3)), args=[(1, 2)])

    (stored,) = stored_answers(pack_observations([seen])["hidden"])

    assert stored.room == "student"
    assert stored.question == encode(seen.question)
    np.testing.assert_array_equal(stored.unpack().value, np.arange(3))
