"""The pretrained network, and the images of its old and its new task."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from graders.suites import course_data
from graders.suites.assignment4_finetuning.pretraining import FILE

NUM_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Split:
    """Images (N, 12, 12, 1) float32 in [0, 1], labels (N,) int64."""

    x: np.ndarray
    y: np.ndarray


@dataclass(frozen=True, slots=True)
class Pretrained:
    """The base as Keras describes its layers, its weights, and the old head's."""

    layers: list[dict[str, Any]]
    weights: list[np.ndarray]
    head: list[np.ndarray]


@cache
def pretrained() -> Pretrained:
    """What `base.npz` holds."""
    with np.load(FILE, allow_pickle=False) as stored:
        count = sum(name.startswith("weight_") for name in stored.files)
        return Pretrained(
            layers=json.loads(bytes(stored["layers"])),
            weights=[stored[f"weight_{index}"] for index in range(count)],
            head=[stored["head_kernel"], stored["head_bias"]],
        )


def old_task() -> Split:
    """Shifted digits that the pretraining has not seen, with the digits as labels."""
    parts = [_load("validation"), _load("test")]
    return Split(
        np.concatenate([part.x for part in parts]),
        np.concatenate([part.y for part in parts]),
    )


def few_labels(seed: int) -> tuple[Split, Split]:
    """Odd or even: 40 images to learn from, and all others."""
    x, y = old_task().x, old_task().y % 2
    order = np.random.default_rng([seed, NUM_SHOWN]).permutation(len(x))
    shown, held_out = order[:NUM_SHOWN], order[NUM_SHOWN:]
    return Split(x[shown], y[shown]), Split(x[held_out], y[held_out])


def prepare_checks() -> None:
    """Loads what takes a while, so that it is there when it is needed."""
    pretrained()
    old_task()


def data_sha256() -> str:
    """Names the data: the shipped network, and a data set made by a versioned rule."""
    text = course_data.versions_sha256(["shifted_digits"])
    return hashlib.sha256(text.encode() + FILE.read_bytes()).hexdigest()


@cache
def _load(split: str) -> Split:
    x, y = course_data.load("shifted_digits", split)
    return Split((x / 16).astype(np.float32), y)
