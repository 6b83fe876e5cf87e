"""Writing the paragraphs of `paragraphs` from the words of the survival guide."""

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from course.datasets.draws import fixed_draw
from course.datasets.survival_guide import (
    FORMS,
    PHRASES,
    SENTENCES,
    TOPICS,
    Topic,
)

AMOUNTS: Final = (160, 145, 140, 130, 125)
"""Paragraphs of each topic: 700 in all, of which the largest topic has 23 %."""

SHORTEST, LONGEST = 110, 180
"""Characters of a paragraph."""

# In per cent, and tuned: a bag of words should get most paragraphs right, not all.
_OWN_SENTENCE, _STRAY_SENTENCE, _OWN_WORD = 25, 3, 95

T = TypeVar("T")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_LIGATURES: Final = {
    "ffi": "\N{LATIN SMALL LIGATURE FFI}",
    "fi": "\N{LATIN SMALL LIGATURE FI}",
    "fl": "\N{LATIN SMALL LIGATURE FL}",
}


def write_paragraphs() -> tuple[list[str], list[int]]:
    """Writes all paragraphs; the same ones on every machine.

    Returns:
        700 texts, no two of which are equal after `plain`, and the label of each,
        in an order in which the topics take turns by chance.

    >>> texts, labels = write_paragraphs()
    >>> len(texts), sorted(set(labels))
    (700, [0, 1, 2, 3, 4])
    """
    labels = [label for label, amount in enumerate(AMOUNTS) for _ in range(amount)]
    order = sorted(range(len(labels)), key=lambda at: fixed_draw("topic", at))
    labels = [labels[at] for at in order]
    texts: dict[str, str] = {}
    for index, label in enumerate(labels):
        for attempt in itertools.count():
            text = write_paragraph(TOPICS[label], index, attempt)
            if len(text) in range(SHORTEST, LONGEST + 1) and plain(text) not in texts:
                texts[plain(text)] = text
                break
    return list(texts.values()), labels


def write_paragraph(topic: Topic, index: int, attempt: int = 0) -> str:
    """Writes one paragraph of at least `SHORTEST` characters.

    Args:
        topic: What it is about.
        index: The number of the paragraph; its own source of chance.
        attempt: Another number gives another paragraph.

    >>> write_paragraph(TOPICS[1], 0) == write_paragraph(TOPICS[1], 0)
    True
    """
    draws = (
        fixed_draw("paragraph", index, attempt, turn) for turn in itertools.count()
    )
    templates: list[str] = []
    text = ""
    while len(text) < SHORTEST:
        template = _template(topic, draws)
        if template not in templates:
            templates.append(template)
            text = f"{text} {_sentence(template, topic, draws)}".lstrip()
    return print_in(text, fixed_draw("printing", index) % 100)


def plain(text: str) -> str:
    """The text's words in lower case, whatever they were printed with.

    >>> plain("A \N{LATIN SMALL LIGATURE FI}ne robot: 2\N{NO-BREAK SPACE}wheels!")
    'a fine robot 2 wheels'
    """
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))


def print_in(text: str, draw: int) -> str:
    """Prints a few of 100 texts as some other programs would.

    The texts then look the same to people and differ to a program: with ligatures
    (`fi` is one character), with spaces that do not end a line after a number, or
    with an accent that is a character of its own.

    Args:
        text: What to print.
        draw: 0 to 99: which print.

    >>> len("profit"), len(print_in("profit", 0))
    (6, 5)
    >>> print_in("profit", 99)
    'profit'
    """
    if draw < 8:
        for letters, ligature in _LIGATURES.items():
            text = text.replace(letters, ligature)
    elif draw < 14:
        text = re.sub(r"(?<=\d) ", "\N{NO-BREAK SPACE}", text)
    elif draw < 70:  # few texts have an accent, so many may be split
        text = unicodedata.normalize("NFD", text)
    return text


def _template(topic: Topic, draws: Iterator[int]) -> str:
    chance = next(draws) % 100
    if chance < _OWN_SENTENCE:
        return _pick(topic.sentences, draws)
    if chance < _OWN_SENTENCE + _STRAY_SENTENCE:
        return _pick(_pick(TOPICS, draws).sentences, draws)
    return _pick(SENTENCES, draws)


def _sentence(template: str, topic: Topic, draws: Iterator[int]) -> str:
    """Fills the slots, then sees to `a` or `an` and to capital letters."""
    text = _SLOT.sub(lambda slot: _fill(slot[1], topic, draws), template)
    text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", text)
    return re.sub(r"(^\W*|[.?!] )\w", lambda start: start[0].upper(), text)


def _fill(slot: str, topic: Topic, draws: Iterator[int]) -> str:
    if slot in PHRASES:
        return _pick(PHRASES[slot], draws)
    if next(draws) % 100 >= _OWN_WORD:
        topic = _pick(TOPICS, draws)
    field, form = FORMS[slot]
    return _pick(getattr(topic, field), draws).split()[form]


def _pick(options: Sequence[T], draws: Iterator[int]) -> T:
    return options[next(draws) % len(options)]
