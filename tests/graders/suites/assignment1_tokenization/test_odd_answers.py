"""Whatever the worker answers instead of a right value, no check of the suite breaks.

The right answers are those that the reference gave in one grading.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from graders.assignments import find_assignment
from graders.checks import Check
from graders.checks.budget import Budget
from graders.intake import read_submission
from graders.loading import calibrated_gates, load_assignment
from graders.pipeline import grade
from graders.records import Answer, Finding, Observation, Outcome
from graders.wire import Opaque, encode
from tests.stand_ins.scripted_room import judged, make_bench, returned

ASSIGNMENT = load_assignment(find_assignment("assignment1"))
SUITE = ASSIGNMENT.suite
CHECKS = [check for checks in SUITE.groups.values() for check in checks]
Change = Callable[[Any], Any]
Seen = tuple[str, Observation]

WEIRD: dict[str, Any] = {
    "None": None,
    "True": True,
    "a negative int": -1,
    "a huge int": 2**62,
    "NaN": float("nan"),
    "text": "text",
    "a text with a zero byte": "\0",
    "bytes": b"x",
    "an empty list": [],
    "an empty dict": {},
    "a ragged list": [[1, 2], [3]],
    "a list of lists of lists": [[["a", "b", 1]]],
    "a list of pairs": [("a", "b"), ("c", 3)],
    "a list of huge ints": [2**62, -(2**62)],
    "a list of bools": [True, False],
    "a list of an array": [np.zeros(3)],
    "an empty array": np.zeros(0),
    "an array of no columns": np.zeros((3, 0)),
    "a 0-d array": np.array(3.5),
    "a 0-d int array": np.array(3),
    "a 0-d text array": np.array("x"),
    "an int array": np.arange(4),
    "an array of text": np.array([["a", "b"], ["c", "d"]]),
    "an array of bools": np.array([True, False]),
    "huge ints": np.full((2, 3), 2**63, np.uint64),
    "an object": Opaque(1_000_003, "tokenization.Thing"),
    "a model": Opaque(1_000_001, "keras.Model"),
    "a pair of None": (None, None),
    "a pair of text": ["x", "y"],
    "a pair of arrays": (np.zeros(3), np.zeros(3)),
    "a pair of text arrays": (np.array([["a"]]), np.array(["b"])),
    "int keys": {1: 2, 3: np.array("x")},
    "a dict of arrays": {"<pad>": np.zeros(2), "<unk>": np.array("x")},
    "a dict of huge ints": {"<pad>": 2**62},
}
ARRAY_CHANGES: dict[str, Change] = {
    "text": lambda a: a.astype(str),
    "bools": lambda a: a.astype(bool),
    "uint8": lambda a: a.astype(np.uint8),
    "float16": lambda a: a.astype(np.float16),
    "NaN": lambda a: np.full(a.shape, np.nan),
    "huge": lambda a: np.full(a.shape, 1e308),
    "an axis more": lambda a: a[..., None],
    "an axis less": lambda a: a[..., 0] if a.ndim else a,
    "no rows": lambda a: a[:0] if a.ndim else a,
    "one row": lambda a: a[:1] if a.ndim else a,
}


class Changed:
    """Answers as recorded, but one answer otherwise; unknown questions as well."""

    def __init__(
        self, answers: list[Seen], change: Change, at: int, forever: bool
    ) -> None:
        self._answers: dict[bytes, list[Answer]] = defaultdict(list)
        for name, seen in answers:
            self._answers[name].append(seen.answer)
        self._change, self._at, self._forever = change, at, forever
        self.num_asked = 0

    def ask(self, question: dict[str, Any], seconds: float) -> Answer:
        known = self._answers.get(encode(question))
        answer = returned(None)
        if known:
            answer = known.pop(0) if len(known) > 1 else known[0]
        if question["ask"] == "load":
            return answer
        at, self.num_asked = self.num_asked, self.num_asked + 1
        if at == self._at or (self._forever and 0 <= self._at < at):
            return returned(self._change(answer.value))
        return answer


@pytest.fixture(scope="module")
def recorded(sandbox) -> list[Seen]:
    submission = read_submission(SUITE.folder / "reference.py", "reference")
    record = grade(submission, ASSIGNMENT, sandbox)
    return [(encode(seen.question), seen) for seen in record.observations]


def judge_with(
    check: Check,
    recorded: list[Seen],
    change: Change = lambda value: value,
    at: int = -1,
    forever: bool = False,
) -> tuple[Finding, int]:
    """The finding, and how many questions were asked."""
    # A fixture asks in another check, so the answers of the others come last.
    order = sorted(recorded, key=lambda row: row[1].check != check.id)
    student, clean = (
        [row for row in order if row[1].room == room] for room in ("student", "clean")
    )
    bench = make_bench(
        changed := Changed(student, change, at, forever),
        Changed(clean, change, -1, False),
        fixtures=SUITE.fixtures,
        catalogue=SUITE.catalogue,
        gates=calibrated_gates(ASSIGNMENT),
        budget=Budget(check_s=1e6, submission_s=1e6),
    )
    (finding,) = judged([check], bench)
    return finding, changed.num_asked


def changes_of(value: Any) -> Iterator[tuple[str, Change]]:
    """Ways to get an answer, or its first parts, wrong."""
    for name, weird in WEIRD.items():
        yield name, lambda _, weird=weird: weird
        if isinstance(value, list | tuple) and value:
            yield f"{name}, first", lambda v, w=weird: type(v)([w, *v[1:]])
            yield f"{name}, last", lambda v, w=weird: type(v)([*v[:-1], w])
        if isinstance(value, dict) and value:
            yield f"{name}, in a dict", lambda v, w=weird: {**v, next(iter(v)): w}
    if isinstance(value, np.ndarray):
        yield from ARRAY_CHANGES.items()


@pytest.fixture(params=CHECKS, ids=lambda check: check.id)
def check(request) -> Check:
    return request.param


def test_the_recorded_answers_are_right(check, recorded):
    finding, _ = judge_with(check, recorded)

    assert finding.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "forever",
    [
        pytest.param(False, id="once"),
        pytest.param(True, id="from then on", marks=pytest.mark.slow),
    ],
)
def test_a_changed_answer_breaks_no_check(check, recorded, forever):
    _, num_questions = judge_with(check, recorded)
    values = {}

    def remember(at: int) -> Change:
        return lambda value: values.setdefault(at, value)

    broken = {}
    for at in range(min(num_questions, 3)):
        judge_with(check, recorded, remember(at), at)
        for name, change in changes_of(values.get(at)):
            finding, _ = judge_with(check, recorded, guarded(change), at, forever)
            silent = finding.outcome is not Outcome.PASSED and not finding.what
            if finding.outcome is Outcome.BROKEN or silent:
                broken[at, name] = finding

    assert not broken


@pytest.mark.parametrize(
    ("name", "at", "what"),
    [
        ("A1.3.there_and_back", 2, "`CharTokenizer.encode` returned None"),
        ("A1.3.two_tokenizers", 2, "`CharTokenizer.encode` returned None"),
        ("A1.5.corpus_in_any_order", 0, "`train_bpe` returned None"),
        ("A1.5.words_there_and_back", 0, "`bpe_encode` returned None"),
        ("A1.5.shorter_than_characters", 0, "`train_bpe` returned None"),
    ],
)
def test_an_unreadable_answer_is_told_of_the_function_that_gave_it(
    name, at, what, recorded
):
    (check,) = (check for check in CHECKS if check.id == name)

    finding, _ = judge_with(check, recorded, lambda _: None, at)

    assert finding.outcome is Outcome.FAILED
    assert finding.what.startswith(what)
    assert finding.misconception is None


def guarded(change: Change) -> Change:
    """The change, or None for what cannot be changed so."""

    def changed(value: Any) -> Any:
        try:
            return change(value)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            return None

    return changed
