"""Whatever a worker answers, a check fails, is blocked or passes: it never breaks."""

import ast
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from graders.assignments import find_assignment
from graders.checks import Check
from graders.checks.budget import Budget
from graders.loading import calibrated_gates, load_assignment
from graders.records import Finding, Outcome
from graders.wire import Generator, Opaque, encode
from tests.stand_ins.scripted_room import (
    ScriptedRoom,
    always,
    judged,
    make_bench,
    returned,
)

ASSIGNMENT = load_assignment(find_assignment("assignment2"))
CHECKS = [
    replace(check, needs=())
    for checks in ASSIGNMENT.suite.groups.values()
    for check in checks
]
MODEL = Opaque(1_000_001, "keras.Model")
HISTORY = Opaque(1_000_002, "keras.callbacks.History")
GOOD_EXPORT = {
    "built": True,
    "params": 650,
    "config": {"module": "keras", "class_name": "Sequential", "config": {}},
    "layers": ["flat", "dense"],
    "loss": {
        "name": "SparseCategoricalCrossentropy",
        "from_logits": True,
        "reduction": "sum",
    },
    "weights": [np.zeros((64, 10), np.float32), np.zeros(10, np.float32)],
}
NUMBERS = np.array([1.0, -2.0, 3.0])

WEIRD: dict[str, Any] = {
    "None": None,
    "True": True,
    "a negative int": -1,
    "a huge int": 2**62,
    "NaN": float("nan"),
    "infinity": float("inf"),
    "a huge float": 1e308,
    "text": "text",
    "bytes": b"x",
    "an empty list": [],
    "an empty dict": {},
    "an empty tuple": (),
    "a ragged list": [[1, 2], [3]],
    "a nested list": [[[[[[0.5]]]]]],
    "an empty array": np.zeros(0),
    "an array of no columns": np.zeros((3, 0)),
    "a 0-d array": np.array(3.5),
    "a 0-d int array": np.array(3),
    "a 0-d text array": np.array("x"),
    "an int array": np.arange(4),
    "an int array of four axes": np.ones((2, 6, 5, 3), np.int64),
    "an array of eight axes": np.ones((1,) * 8),
    "huge values": np.full((2, 6, 5, 3), 1e308),
    "huge ints": np.full((2, 6, 5, 3), 2**63, np.uint64),
    "NaNs": np.full((2, 6, 5, 3), np.nan),
    "an array of text": np.array([["a", "b"], ["c", "d"]]),
    "an array of bools": np.array([True, False]),
    "an array of uint8": np.full((3, 3), 255, np.uint8),
    "an array of float16": np.full((3, 3), 6e4, np.float16),
    "an object": Opaque(1_000_003, "cnn.Thing"),
    "an object of no type": Opaque(-1, ""),
    "a generator": Generator(3),
    "a model": MODEL,
    "a history": HISTORY,
    "three Nones": (None, None, None),
    "three weird things": ("text", {}, np.array("x")),
    "three objects": (MODEL, HISTORY, [HISTORY]),
    "three pairs of None": ((None, None),) * 3,
    "three pairs of 0-d arrays": ((np.array(1.0), np.array(1)),) * 3,
    "three pairs of empty arrays": ((np.zeros((0, 8, 8, 1)), np.zeros(0, int)),) * 3,
    "three pairs of text": ((np.array(["a"]), np.array(["b"])),) * 3,
    "a pair of None": (None, None),
    "a pair of text": ["x", "y"],
    "a pair of arrays": (np.zeros(3), np.zeros(3)),
    "a pair of huge ints": (2**62, -(2**62)),
    "a pair of arrays of no axis": (np.array(1), np.array(2)),
    "kernels that are None": dict.fromkeys(
        ("identity", "sobel_x", "sobel_y", "blur", "laplace")
    ),
    "kernels of text": dict.fromkeys(
        ("identity", "sobel_x", "sobel_y", "blur", "laplace"),
        np.full((3, 3), "a"),
    ),
    "huge kernels": dict.fromkeys(
        ("identity", "sobel_x", "sobel_y", "blur", "laplace"),
        np.full((3, 3), 1e308),
    ),
    "kernels of zeros": dict.fromkeys(
        ("identity", "sobel_x", "sobel_y", "blur", "laplace"),
        np.zeros((3, 3), np.int8),
    ),
    "a history of None": {"loss": None, "val_loss": None},
    "a history of text": {"loss": ["a"] * 8, "val_loss": [None] * 8},
    "a history of arrays": {"loss": [NUMBERS] * 8, "val_loss": [np.array(1.0)] * 8},
    "a history of huge ints": {"loss": [2**62] * 8, "val_loss": [2**62] * 8},
    "int keys": {1: 2, 3: np.array("x")},
}
ODD_CONFIGS: dict[str, Any] = {
    "a class name that is a list": {"class_name": []},
    "a class name that is an array": {"class_name": NUMBERS},
    "a layer without a class name": {
        **GOOD_EXPORT["config"],
        "config": {"layers": [{"module": "keras.layers"}]},
    },
    "a layer whose class name is a dict": {
        **GOOD_EXPORT["config"],
        "config": [{"module": "keras.layers", "class_name": {}}],
    },
    "a module that is an array": {
        "class_name": "Sequential",
        "module": NUMBERS,
        "registered_name": NUMBERS,
    },
    "an activation that is an array": {
        **GOOD_EXPORT["config"],
        "config": [
            {
                "module": "keras.layers",
                "class_name": "Dense",
                "config": {"activation": NUMBERS},
            }
        ],
    },
}


_ANSWERS: dict[str, Any] = {}


@cache
def _reference() -> dict[str, Any]:
    """The reference's NumPy functions; its Keras ones cannot be called."""
    tree = ast.parse((ASSIGNMENT.suite.folder / "reference.py").read_text("utf-8"))
    tree.body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.Import) and node.names[0].name == "keras")
    ]
    namespace: dict[str, Any] = {"__name__": "cnn"}
    exec(compile(tree, "reference.py", "exec"), namespace)
    return namespace


@cache
def _functions() -> dict[str, Any]:
    """What `load` answers for the reference."""
    tree = ast.parse((ASSIGNMENT.suite.folder / "reference.py").read_text("utf-8"))
    return {
        node.name: {
            "parameters": [
                [
                    item.arg,
                    "POSITIONAL_OR_KEYWORD",
                    index >= len(node.args.args) - len(node.args.defaults),
                ]
                for index, item in enumerate(node.args.args)
            ],
            "line": node.lineno,
        }
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def _right(question: dict[str, Any]) -> Any:
    """The right answer to a question, as far as NumPy can give it."""
    match question["ask"]:
        case "load":
            return _functions()
        case "export":
            return GOOD_EXPORT
        case "apply":
            x = question["x"]
            pixels = x.astype(float).reshape(len(x), -1)
            kernel = np.random.default_rng(0).normal(size=(pixels.shape[1], 10))
            return np.maximum(pixels - 0.3, 0) @ kernel - 1
        case "read":
            losses = [1.0, 0.5] * 4
            values = {"num_epochs": 8, "losses": losses}
            return values.get(question["name"], {"loss": losses, "val_loss": losses})
        case "call":
            key = encode(question)
            if key not in _ANSWERS:
                _ANSWERS[key] = _called(question)
            return _ANSWERS[key]
    return MODEL


def _called(question: dict[str, Any]) -> Any:
    name = question["function"]
    if name in ("build_cnn", "train"):
        return MODEL if name == "build_cnn" else HISTORY
    if name == "feature_maps":
        rows = (7, 8, 9, 1) if question["args"][2] == "edges" else (3, 4)
        return np.ones((4, *rows[:2], 3))
    arguments = [
        np.random.default_rng(item.seed) if isinstance(item, Generator) else item
        for item in question["args"]
    ]
    return _reference()[name](*arguments, **question["kwargs"])


def _room(**changed: Callable[[dict[str, Any]], Any]) -> ScriptedRoom:
    asks = ("load", "call", "use", "read", "epoch_counter", "export", "rebuild")
    both = ("apply", "fit")
    return ScriptedRoom(**{**dict.fromkeys((*asks, *both), _right), **changed})


def _judge(
    check: Check, student: ScriptedRoom, clean: ScriptedRoom | None = None
) -> Finding:
    suite = ASSIGNMENT.suite
    bench = make_bench(
        student,
        clean or student,
        fixtures=suite.fixtures,
        catalogue=suite.catalogue,
        gates=calibrated_gates(ASSIGNMENT),
        budget=Budget(check_s=1e6, submission_s=1e6),
    )
    (finding,) = judged([check], bench)
    return finding


def _broken(check: Check, room: ScriptedRoom) -> Finding | None:
    """The finding, if it is broken or says nothing."""
    finding = _judge(check, room)
    silent = finding.outcome is not Outcome.PASSED and not finding.what
    return finding if finding.outcome is Outcome.BROKEN or silent else None


def _all(value: Any) -> ScriptedRoom:
    """Loads the right file, and answers everything else with one value."""
    asks = ("call", "use", "read", "epoch_counter", "export", "rebuild", "apply")
    return _room(**dict.fromkeys((*asks, "fit"), always(value)))


Path = tuple[Any, ...]
Change = Callable[[Any], Any]


def _changes(answer: Any, path: Path = ()) -> Iterator[tuple[str, Path, Change]]:
    """Ways to get one part of a right answer wrong: name, part, what becomes of it."""
    if path:
        for name, value in WEIRD.items():
            yield f"{name} at {path}", path, always(value)
    if isinstance(answer, np.ndarray):
        for name, change in ARRAY_CHANGES.items():
            yield f"{name} at {path}", path, change
    elif isinstance(answer, tuple | list):
        for index, part in enumerate(answer):
            yield from _changes(part, (*path, index))
    elif isinstance(answer, dict):
        for key, part in answer.items():
            yield from _changes(part, (*path, key))


def _changed(answer: Any, path: Path, change: Change) -> Any:
    if not path:
        return change(answer)
    first, rest = path[0], path[1:]
    if isinstance(answer, dict):
        return {**answer, first: _changed(answer[first], rest, change)}
    parts = list(answer)
    parts[first] = _changed(parts[first], rest, change)
    return type(answer)(parts)


def _far_off(array: np.ndarray) -> np.ndarray:
    far = array.astype(np.float64)
    far.flat[:1] = 1e300
    return far


ARRAY_CHANGES: dict[str, Change] = {
    "zeros": np.zeros_like,
    "bools": lambda a: a.astype(bool),
    "text": lambda a: a.astype(str),
    "uint8": lambda a: a.astype(np.uint8),
    "int64": lambda a: a.astype(np.int64),
    "float16": lambda a: a.astype(np.float16),
    "float32": lambda a: a.astype(np.float32),
    "huge": lambda a: np.full(a.shape, 1e308),
    "huge and negative": lambda a: np.full(a.shape, -1e308),
    "the largest float32": lambda a: np.full(a.shape, 3e38, np.float32),
    "the smallest ints": lambda a: np.full(a.shape, -(2**63)),
    "NaN": lambda a: np.full(a.shape, np.nan),
    "infinity": lambda a: np.full(a.shape, np.inf, np.float32),
    "one value far off": _far_off,
    "an axis more": lambda a: a[..., None],
    "an axis less": lambda a: a[..., 0],
    "turned round": lambda a: a.T,
    "no rows": lambda a: a[:0],
    "no columns": lambda a: a[..., :0],
    "one row": lambda a: a[:1],
    "upside down": lambda a: a[::-1],
}


def _questions(check: Check) -> dict[str, list[dict[str, Any]]]:
    """The questions of each kind that a check asks of a right file."""
    room = _room()
    _judge(check, room)
    questions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for question in room.asked[1:]:
        questions[question["ask"]].append(question)
    return questions


@pytest.fixture(params=CHECKS, ids=lambda check: check.id)
def check(request: pytest.FixtureRequest) -> Check:
    return request.param


def test_an_answer_of_another_kind_breaks_no_check(check):
    broken = {
        name: finding
        for name, value in WEIRD.items()
        if (finding := _broken(check, _all(value)))
    }

    assert not broken


def test_an_answer_of_another_kind_to_one_question_breaks_no_check(check):
    asks = _questions(check).keys() - {"call"}

    broken = {
        f"{name} for {ask}": finding
        for ask in asks
        for name, value in WEIRD.items()
        if (finding := _broken(check, _room(**{ask: always(value)})))
    }

    assert not broken


@pytest.mark.parametrize("num_right", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_a_right_answer_with_one_part_changed_breaks_no_check(check, num_right):
    broken = {}
    for ask, questions in _questions(check).items():
        changes = _changes(_right(questions[0])) if len(questions) > num_right else ()
        for name, path, change in changes:
            room = _room(**{ask: _from(num_right, path, change)})
            if finding := _broken(check, room):
                broken[f"{ask}: {name}"] = finding

    assert not broken


def _from(num_right: int, path: Path, change: Change) -> Change:
    """Right answers first, changed ones from then on."""
    seen = itertools.count()

    def answer(question: dict[str, Any]) -> Any:
        right = _right(question)
        if next(seen) < num_right:
            return right
        try:
            return _changed(right, path, change)
        except (IndexError, KeyError, TypeError):
            return change(right)

    return answer


@pytest.mark.parametrize("name", ODD_CONFIGS)
def test_a_model_with_an_odd_configuration_breaks_no_check(check, name):
    export = {**GOOD_EXPORT, "config": ODD_CONFIGS[name]}

    finding = _broken(check, _room(export=always(export)))

    assert finding is None


def test_a_function_with_an_odd_description_breaks_no_check(check):
    descriptions = [*WEIRD.values(), *[{"parameters": v} for v in WEIRD.values()]]
    descriptions += [{"parameters": [[v, v, v]], "line": v} for v in WEIRD.values()]

    broken = [
        finding
        for odd in descriptions
        if (
            finding := _broken(
                check,
                _room(
                    load=always(dict.fromkeys(_functions(), odd)),
                    call=always(returned(None, changed=("-9", "0", "7"))),
                ),
            )
        )
    ]

    assert not broken


def test_a_check_that_trusts_an_answer_is_found_out():
    def careless(student):
        yield len(student.named_kernels())

    broken = _broken(replace(CHECKS[0], function=careless), _all(3))

    assert broken is not None
    assert broken.detail == "object of type 'int' has no len()"


@pytest.mark.parametrize(
    "check",
    [check for check in CHECKS if check.task not in ("A2.9", "A2.10")],
    ids=lambda check: check.id,
)
def test_the_right_answers_are_right_so_that_changes_reach_every_line(check):
    finding = _judge(check, _room())

    assert finding.outcome is Outcome.PASSED
