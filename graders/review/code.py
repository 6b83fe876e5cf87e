"""The part of a file that an item is about, found without running or parsing it."""

import io
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.reports.wording import visible

MOST_CHARACTERS = 200_000
"""Of a file in which functions are looked for; in a longer one nothing is."""
MOST_LINES = 5_000
MOST_COLUMNS = 240
_MOST_WORDS = 3
_QUIET = {
    *(tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT),
    *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some lines of a file that follow each other.

    Args:
        first: number of the first line, from 1.
        lines: made visible, and cut where they are very long.
    """

    first: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """What is shown of a file.

    Args:
        pieces: in the order of the file.
        missing: functions that are asked for and are not in it.
        whole: whether it is all of the file.
    """

    pieces: tuple[Piece, ...]
    missing: tuple[str, ...] = ()
    whole: bool = True


def excerpt(source: str, functions: Sequence[str]) -> Excerpt:
    """The functions of an item; the whole file if it has none, or none are found.

    Args:
        source: of the file: hostile text.
        functions: names of functions or classes.
    """
    lines = _lines(source)
    spans = _spans(lines) if functions and len(source) <= MOST_CHARACTERS else {}
    found = sorted({span for name in functions for span in spans.get(name, ())})
    missing = tuple(name for name in functions if name not in spans)
    if not found:
        return Excerpt(pieces=(_piece(lines, 1, len(lines)),), missing=missing)
    pieces = tuple(_piece(lines, first, last) for first, last in found)
    return Excerpt(pieces=pieces, missing=missing, whole=False)


def _piece(lines: Sequence[str], first: int, last: int) -> Piece:
    shown = [_shown(line) for line in lines[first - 1 : last][:MOST_LINES]]
    left = last - first + 1 - len(shown)
    return Piece(first=first, lines=(*shown, *[f"… {left:,} more lines"] * bool(left)))


def _lines(source: str) -> list[str]:
    """As Python counts them: form feeds and the like end no line."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" and len(lines) > 1 else lines


def _shown(line: str) -> str:
    text = visible(line.expandtabs(4))
    if len(text) <= MOST_COLUMNS:
        return text
    return f"{text[:MOST_COLUMNS]} … {len(text) - MOST_COLUMNS:,} more characters"


def _spans(lines: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """First and last line of each definition at the top of a file, by its name."""
    spans: dict[str, list[tuple[int, int]]] = {}
    decorated = 0
    for first, last, words in _statements(lines):
        if words[0] == "@":
            decorated = decorated or first
            continue
        rest = words[1:] if words[0] == "async" else words
        if len(rest) > 1 and rest[0] in ("def", "class"):
            spans.setdefault(rest[1], []).append((decorated or first, last))
        decorated = 0
    return spans


def _statements(lines: Sequence[str]) -> Iterator[tuple[int, int, list[str]]]:
    """First line, last line and first words of each statement that is not indented.

    By tokens, and not by a syntax tree: one of hostile text may end the process.
    """
    first = last = 0
    words: list[str] = []
    ended = False
    try:
        text = io.StringIO("\n".join(lines) + "\n")
        for token in tokenize.generate_tokens(text.readline):
            if token.type == tokenize.NEWLINE:
                ended = True
            if token.type in _QUIET:
                continue
            if ended and token.start[1] == 0:
                yield first, last, words
                words = []
            first = first if words else token.start[0]
            last, ended = token.end[0], False
            words += [token.string] if len(words) < _MOST_WORDS else []
    except (tokenize.TokenError, SyntaxError):
        pass  # What was found until there is shown.
    if words:
        yield first, last, words
