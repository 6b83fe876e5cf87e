"""Winnowing: of every few passages of a text one is kept, and always the same one.

After Schleimer, Wilkerson and Aiken, "Winnowing: Local Algorithms for Document
Fingerprinting" (SIGMOD 2003). A passage is `PASSAGE` words in a row; of each `WINDOW`
passages in a row the one with the least hash is kept. So no two texts can share
`PASSAGE + WINDOW - 1` words in a row without sharing a fingerprint.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graders.similarity.normalising import Unit

PASSAGE, WINDOW = 12, 4
_BASE = np.uint64(0x9E3779B97F4A7C15)
_Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage begins: number of the unit, and of the word in it."""

    unit: int
    word: int


class Fingerprints:
    """Passages of a text that were kept, and where they begin.

    Hashes are the same in every process and on every machine, so that a comparison
    can be repeated.

    Args:
        units: of the text.
        every: whether all passages are kept; of given code none may be missed.
        length: words of a passage.
    """

    def __init__(
        self, units: Sequence[Unit], *, every: bool = False, length: int = PASSAGE
    ) -> None:
        self.places: dict[int, list[Place]] = {}
        for number, unit in enumerate(units):
            passages = passage_hashes([word for word, _ in unit.words], length)
            kept = range(len(passages)) if every else winnow(passages, WINDOW)
            for index in kept:
                place = Place(number, int(index))
                self.places.setdefault(int(passages[index]), []).append(place)


def passage_hashes(words: Sequence[str], length: int) -> _Hashes:
    """One hash for each passage; a text that is shorter has one, of all its words.

    >>> len(passage_hashes(list("abcdef"), 4)), len(passage_hashes(list("abc"), 4))
    (3, 1)
    """
    if not words:
        return np.empty(0, np.uint64)
    hashes = np.fromiter((_of_word(word) for word in words), np.uint64, len(words))
    length = min(length, len(words))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, length)
    powers = np.array([pow(int(_BASE), n, 2**64) for n in range(length)], np.uint64)
    return _mixed((windows * powers).sum(axis=1, dtype=np.uint64))


def winnow(hashes: _Hashes, window: int) -> list[int]:
    """Numbers of those that are kept: the last of the least in each window.

    >>> winnow(np.array([77, 74, 42, 17, 98, 50, 17, 98, 8], np.uint64), 4)
    [3, 6, 8]
    """
    if len(hashes) == 0:
        return []
    window = min(window, len(hashes))
    views = np.lib.stride_tricks.sliding_window_view(hashes, window)[:, ::-1]
    last_of_least = window - 1 - views.argmin(axis=1)
    return sorted({int(n) for n in last_of_least + np.arange(len(views))})


_KNOWN: dict[str, int] = {}


def _of_word(word: str) -> int:
    known = _KNOWN.get(word)
    if known is None:
        digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8)
        known = int.from_bytes(digest.digest(), "big")
        if len(_KNOWN) < 100_000:
            _KNOWN[word] = known
    return known


def _mixed(hashes: _Hashes) -> _Hashes:
    """The low digits of a sum of products depend on too little; splitmix64 spreads."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
