"""Text for the checks that do not load a data set, drawn from the check's generator."""

import numpy as np

Rng = np.random.Generator

_STEMS = (
    *("learn", "train", "layer", "model", "kernel", "neuron", "vector", "weight"),
    *("batch", "token", "robot", "shelter", "signal", "gradient", "predict"),
    *("filter", "border", "winter", "travel", "gather"),
)
_ENDINGS = ("", "s", "ed", "er", "ers", "ing", "ings", "less")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MANY = LETTERS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-éüßñøΩλЖя中文字あ한🙂🤖"


def random_word(rng: Rng, alphabet: str, shortest: int, longest: int) -> str:
    """A word of letters that are drawn independently."""
    length = int(rng.integers(shortest, longest + 1))
    return "".join(alphabet[i] for i in rng.integers(0, len(alphabet), length))


def random_words(rng: Rng, alphabet: str, count: int, longest: int = 7) -> list[str]:
    """Words of one letter and more."""
    return [random_word(rng, alphabet, 1, longest) for _ in range(count)]


def distinct_words(rng: Rng, count: int, length: int = 5) -> list[str]:
    """Different words of one length, in no order."""
    words: dict[str, None] = {}
    while len(words) < count:
        words[random_word(rng, LETTERS, length, length)] = None
    return list(words)


def course_words(rng: Rng, count: int) -> list[str]:
    """Words with stems and endings, as in a lesson; some are far more frequent."""
    ranks = np.arange(1, len(_STEMS) + 1)
    stems = rng.choice(len(_STEMS), count, p=(1 / ranks) / (1 / ranks).sum())
    endings = rng.integers(0, len(_ENDINGS), count)
    return [_STEMS[s] + _ENDINGS[e] for s, e in zip(stems, endings, strict=True)]


def shuffled(rng: Rng, items: list[str]) -> list[str]:
    """The same items in another order."""
    return [items[i] for i in rng.permutation(len(items))]
