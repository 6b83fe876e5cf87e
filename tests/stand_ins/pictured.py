"""Questions and answers of public checks that a page has pictures of."""

from dataclasses import replace
from typing import Any

import numpy as np

from graders.records import Answer, Ending, Observation, Outcome, Record
from tests.stand_ins.records import finding, item, record


def asked(
    check: str, question: dict[str, Any], value: Any, **parts: Any
) -> Observation:
    """One question that was answered with a value."""
    defaults: dict[str, Any] = {"group": "public", "room": "student", "check": check}
    answer = Answer(ending=Ending.RETURNED, value=value)
    return Observation(question=question, answer=answer, **{**defaults, **parts})


def called(check: str, function: str, args: list[Any], value: Any) -> Observation:
    """A function that was called, and what it returned."""
    question = {"ask": "call", "function": function, "args": args, "kwargs": {}}
    return asked(check, question, value)


def history(check: str, **values: Any) -> Observation:
    """What a `History` holds."""
    return asked(check, {"ask": "read", "name": "history"}, values)


def _images(count: int) -> np.ndarray:
    y, x = np.mgrid[0:8, 0:8]
    rings = [np.hypot(y - 3.5, x - 3.5 + i / 4) for i in range(count)]
    return np.stack([np.exp(-((ring - 2.5) ** 2)) for ring in rings])[..., np.newaxis]


def every_form() -> list[Observation]:
    """One of each form that makes a picture, each of a check of its own."""
    rng = np.random.default_rng(0)
    x = np.arange(12.0).reshape(1, 3, 4, 1)
    images, labels = _images(10), np.arange(10) % 10
    shifted = np.clip(
        np.roll(images, 1, axis=1) + rng.normal(0, 0.03, images.shape), 0, 1
    )
    inputs, classes = np.eye(4)[np.arange(12) % 3], np.arange(12) % 3
    logits = np.eye(3)[[*classes[:-2], 0, 0]]
    parts = tuple((np.zeros((n, 2)), np.arange(n) % 10) for n in (61, 20, 20))
    sobel = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return [
        history(
            "A2.1.history",
            loss=[2.3, 1.4, 0.9, 0.7],
            val_loss=[2.1, 1.5, 1.2, 1.1],
            accuracy=[0.2, 0.5, 0.7, 0.8],
            val_accuracy=[0.3, 0.5, 0.6, 0.6],
        ),
        called(
            "A2.1.kernels", "named_kernels", [], {"sobel": sobel, "blur": abs(sobel)}
        ),
        called("A2.1.maps", "conv2d", [x, np.ones((2, 3, 1, 1))], x[:, :2, :2] - 3),
        called("A2.1.pairs", "augment", [images, labels], (shifted, labels)),
        called(
            "A2.1.states",
            "rnn_forward",
            [rng.normal(size=(2, 5, 3))],
            np.tanh(rng.normal(size=(2, 5, 4))),
        ),
        called("A2.1.probe", "fit_probe", [inputs, classes], None),
        asked("A2.1.probe", {"ask": "apply", "model": 1, "x": inputs}, logits),
        called(
            "A2.1.curves",
            "low_data_curve",
            [None, None, [2, 4, 8], [0, 1]],
            {
                "scratch": np.array([[0.1, 0.2], [0.4, 0.5], [0.6, 0.7]]),
                "tuned": np.array([[0.5, 0.6], [0.7, 0.8], [0.9, 0.9]]),
            },
        ),
        called("A2.1.labels", "prepare", [], parts),
    ]


def pictured(*seen: Observation, **parts: Any) -> Record:
    """A grading whose checks, all public unless told, were asked these."""
    seen = seen or tuple(every_form())
    hidden = parts.pop("hidden", False)
    checks = dict.fromkeys(one.check for one in seen)
    found = [
        finding(
            name,
            outcome=Outcome.PASSED,
            what="",
            fix="",
            hidden=hidden,
            title=f"Check of {name.rsplit('.', 1)[1]}",
        )
        for name in checks
    ]
    made = record(item(finding(), *found), **parts)
    return replace(made, observations=seen)
