"""What a grading keeps from students, and what of it a text tells nevertheless.

Numbers of fewer than four digits and short strings are in every text, so only longer
ones count. What students may read anyway, such as the rubric and the hints, is no
secret; nor are shapes, places, counts and measured figures, which are cut out of a
text before it is searched.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.records import Observation

_DIGITS, _CHARACTERS, _WINDOW = 4, 6, 16
_ASKS = frozenset({"call", "method", "use", "apply", "gradients", "fit", "read"})
_PARTS = ("args", "kwargs", "given", "x", "y", "cotangent")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:(?:, ?| )-?\d+(?:\.\d+)?){2,}")
_TOLD_OPENLY = re.compile(
    "|".join(
        (
            r"shape \([\d, …]*\)(?:; \([\d, ]*\) is right)?",
            r"[Aa]xis [\w']+ has [\d…]+ instead of \d+",
            r"at (?:all )?[\d,]+(?: of [\d,]+)? places",
            r"\b(?:at )?[\w']+=\d+\b",
            r"at index \([\d, ]*\)",
            r" is [\d,.]+; at (?:least|most) [\d,.]+ is (?:needed|allowed)",
            r"\w+\.py:\d+",
        )
    )
)


@dataclass(frozen=True)
class Secrets:
    """Inputs of hidden checks, and the answers to them, right and wrong.

    Args:
        numbers: absolute values, sorted.
        rows: the numbers of each array and list, in order.
        texts: every string.
    """

    numbers: np.ndarray
    rows: tuple[np.ndarray, ...]
    texts: frozenset[str]

    def told_by(self, text: str, public: str) -> list[str]:
        """The parts of a text that are secret; `public` is what may be quoted."""
        text = _TOLD_OPENLY.sub(" ", " ".join(text.split()))
        public = " ".join(public.split())
        return [
            *(word for word in _numbers(text, public) if self._has_number(word)),
            *(row for row in _rows(text, public) if self._has_row(row)),
            *(part for part in self._parts(public) if part in text),
        ]

    def _has_number(self, word: str) -> bool:
        value, half = abs(_value(word)), _half(word)
        low = np.searchsorted(self.numbers, value - half, "left")
        return bool(np.searchsorted(self.numbers, value + half, "right") > low)

    def _has_row(self, words: str) -> bool:
        numbers = re.split(", ?| ", words)
        row = np.array([_value(word) for word in numbers])
        half = np.array([_half(word) for word in numbers])
        return any(_is_within(row, half, secret) for secret in self.rows)

    def _parts(self, public: str) -> Iterator[str]:
        for secret in self.texts:
            for start in range(max(1, len(secret) - _WINDOW + 1)):
                part = secret[start : start + _WINDOW]
                if part not in public:
                    yield part


def secrets_of(observations: Iterable[Observation]) -> Secrets:
    """What the questions of hidden groups hold, and the answers."""
    numbers: list[np.ndarray] = [np.zeros(0)]
    rows: dict[bytes, np.ndarray] = {}
    texts: set[str] = set()
    for seen in observations:
        if seen.group.startswith("public") or seen.question["ask"] not in _ASKS:
            continue
        question, answer = seen.question, seen.answer
        parts = [question[part] for part in _PARTS if part in question]
        for leaf in _leaves([*parts, answer.value, answer.printed]):
            if isinstance(leaf, str):
                texts.add(" ".join(leaf.split()))
            elif leaf.size:
                numbers.append(_long_numbers(leaf))
                if leaf.size > 2:
                    rows[leaf.tobytes()] = leaf
        if answer.error is not None:
            texts.add(" ".join(answer.error.message.split()))
    return Secrets(
        np.unique(np.concatenate(numbers)),
        tuple(rows.values()),
        frozenset(text for text in texts if len(text) >= _CHARACTERS),
    )


def _leaves(value: Any) -> Iterator[np.ndarray | str]:
    """Strings, and flat arrays of the numbers that belong together."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, np.ndarray):
        if value.dtype.kind in "biuf":
            yield value.ravel().astype(np.float64)
        else:
            yield from map(str, value.ravel().tolist())
    elif isinstance(value, int | float):
        yield np.array([float(value)])
    elif isinstance(value, dict):
        yield from _leaves(list(value))
        yield from _leaves(list(value.values()))
    elif isinstance(value, list | tuple):
        if value and all(isinstance(item, int | float) for item in value):
            yield np.array(value, np.float64)
            return
        for item in value:
            yield from _leaves(item)


def _long_numbers(values: np.ndarray) -> np.ndarray:
    """Absolute values that take at least four digits to write."""
    sizes = np.unique(np.abs(values[np.isfinite(values)]))
    sizes = sizes[sizes > 0]
    scale = 10.0 ** (_DIGITS - 2 - np.floor(np.log10(sizes)))
    short = np.isclose(np.rint(sizes * scale), sizes * scale, rtol=1e-9, atol=1e-9)
    return sizes[~short]


def _numbers(text: str, public: str) -> list[str]:
    """Numbers of at least four digits that are not in the public text."""
    known = set(_NUMBER.findall(public))
    found = {word.rstrip(",") for word in _NUMBER.findall(text)} - known
    return [word for word in sorted(found) if _significant(word) >= _DIGITS]


def _value(word: str) -> float:
    return float(word.replace(",", ""))


def _half(word: str) -> float:
    """How far a number may be from what it was rounded from."""
    mantissa, _, exponent = word.lower().partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return max(0.5 * 10.0**-decimals, 1e-12 * abs(_value(word))) * (1 + 1e-9)


def _significant(word: str) -> int:
    mantissa = word.lower().partition("e")[0]
    return len(re.sub(r"[.,]", "", mantissa).lstrip("0"))


def _rows(text: str, public: str) -> list[str]:
    known = set(_NUMBERS.findall(public))
    return sorted(set(_NUMBERS.findall(text)) - known)


def _is_within(row: np.ndarray, half: np.ndarray, secret: np.ndarray) -> bool:
    """Whether the numbers follow each other somewhere, up to how they were rounded."""
    if len(secret) < len(row):
        return False
    windows = np.lib.stride_tricks.sliding_window_view(secret, len(row))
    return bool((np.abs(windows - row) <= half).all(axis=1).any())
