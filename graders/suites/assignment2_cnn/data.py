"""The handwritten digits as the checks use them: float32 in [0, 1]."""

import hashlib
import threading
from dataclasses import dataclass
from functools import cache

import numpy as np

from course.datasets import load_arrays
from course.datasets.catalog import find_card
from course.errors import CourseError
from graders.errors import AssignmentError
from graders.suites.assignment2_cnn import variations

_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Split:
    """Images (N, H, W, 1) float32 in [0, 1], labels (N,) int64."""

    x: np.ndarray
    y: np.ndarray


def digits(split: str) -> Split:
    """Real handwritten digits, (N, 8, 8, 1)."""
    return _load("digits", split)


def shifted_digits(split: str) -> Split:
    """The same digits at chance places of a larger canvas, (N, 12, 12, 1)."""
    return _load("shifted_digits", split)


def prepare_checks() -> None:
    """Loads and draws what takes a while, so that it is there when it is needed."""
    digits("train")
    shifted_digits("train")
    variations.drawn_bars()


def data_sha256() -> str:
    """Names the data: both sets are made from a bundled file by a versioned rule."""
    cards = [find_card(name) for name in ("digits", "shifted_digits")]
    text = " ".join(f"{card.name}:{card.version}" for card in cards)
    return hashlib.sha256(text.encode()).hexdigest()


def _load(name: str, split: str) -> Split:
    with _LOCK:
        try:
            return _load_once(name, split)
        except CourseError as error:
            raise AssignmentError(error.what, error.where, error.fix) from error


@cache
def _load_once(name: str, split: str) -> Split:
    x, y = load_arrays(name, split)
    # The order is that of the writers: shuffled once, the same way every time.
    order = np.random.default_rng(len(y)).permutation(len(y))
    return Split((x[order] / 16).astype(np.float32), y[order])
