"""The course's data sets, as the checks of all assignments load them."""

import hashlib
import threading
from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course.datasets import load_arrays
from course.datasets.catalog import find_card
from course.errors import CourseError
from graders.errors import AssignmentError

_LOCK = threading.Lock()


def load(name: str, split: str) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Samples and labels of a split; loaded once, by one thread at a time.

    Not to be changed in place: all checks share them.

    Raises:
        AssignmentError: if the data set cannot be loaded.
    """
    with _LOCK:
        try:
            return _load_once(name, split)
        except CourseError as error:
            raise AssignmentError(error.what, error.where, error.fix) from error


def versions_sha256(names: Iterable[str]) -> str:
    """Names data sets by their versions: each is made by a versioned rule."""
    cards = map(find_card, names)
    text = " ".join(f"{card.name}:{card.version}" for card in cards)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _load_once(name: str, split: str) -> tuple[NDArray[Any], NDArray[np.int64]]:
    return load_arrays(name, split)
