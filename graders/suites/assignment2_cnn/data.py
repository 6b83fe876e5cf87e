"""The handwritten digits as the checks use them: float32 in [0, 1]."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from graders.suites import course_data
from graders.suites.assignment2_cnn import variations


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
    return course_data.versions_sha256(["digits", "shifted_digits"])


@cache
def _load(name: str, split: str) -> Split:
    x, y = course_data.load(name, split)
    # The order is that of the writers: shuffled once, the same way every time.
    order = np.random.default_rng(len(y)).permutation(len(y))
    return Split((x[order] / 16).astype(np.float32), y[order])
