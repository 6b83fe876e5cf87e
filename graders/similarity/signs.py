"""What two persons hardly write alike by chance: comments, sentences, numbers.

Runs in the process of `apart.py`; it needs nothing but the standard library.
"""

import ast
import hashlib
import io
import tokenize
from collections.abc import Iterable, Iterator

from graders.similarity.normalising import TOO_HARD, Part

_MOST = 2000
_MOST_LETTERS, _MOST_SAID = 300, 10_000
_LEAST_WORDS, _LEAST_DIGITS, _LEAST_TABLE = 3, 4, 8

Sign = tuple[str, str, int]
"""Kind, text, line."""


def signs_of(text: str, parts: Iterable[Part]) -> list[Sign]:
    """Comments and sentences as they are written, numbers, and tables of numbers."""
    found = [("comment", said, line) for said, line in _comments(text)]
    for part in parts:
        if part.tree is not None:
            found += _in_tree(part.tree)
    return found[:_MOST]


def _comments(text: str) -> Iterator[tuple[str, int]]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                said = _plain(token.string.lstrip("#! "))
                if len(said.split()) >= _LEAST_WORDS:
                    yield said, token.start[0]
    except (tokenize.TokenError, *TOO_HARD):
        return  # What was found until then is as good.


def _in_tree(tree: ast.Module) -> Iterator[Sign]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str() as said):
                # Line by line: whoever cuts the handout's docstring keeps some lines.
                for number, own in enumerate(said[:_MOST_SAID].split("\n")):
                    plain = _plain(own)
                    if len(plain.split()) >= _LEAST_WORDS and plain[:3] != ">>>":
                        yield "text", plain, node.lineno + number
            case ast.Constant(value=float() as value):
                digits = f"{value!r}".split("e")[0].replace(".", "").strip("0")
                if len(digits) >= _LEAST_DIGITS:
                    yield "number", f"{value!r}", node.lineno
            case ast.List() | ast.Tuple():
                numbers = _numbers(node)
                if len(set(numbers)) >= _LEAST_TABLE:
                    digest = hashlib.sha256(repr(numbers).encode()).hexdigest()
                    shown = ", ".join(f"{number:g}" for number in numbers[:4])
                    count = len(numbers)
                    named = f"{count} numbers: {shown}, ... ({digest[:12]})"
                    yield "table", named, node.lineno


def _numbers(node: ast.List | ast.Tuple) -> list[float]:
    """The numbers of a list, also of lists in it; empty if it holds anything else."""
    found: list[float] = []
    waiting: list[ast.expr] = [node]
    while waiting:
        match waiting.pop():
            case ast.List(elts=inner) | ast.Tuple(elts=inner):
                waiting += reversed(inner)
            case ast.UnaryOp(
                op=ast.USub(), operand=ast.Constant(value=float() | int() as n)
            ):
                found.append(-_as_float(n))
            case ast.Constant(value=float() | int() as n):
                found.append(_as_float(n))
            case _:
                return []
    return found


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf")


def _plain(said: str) -> str:
    return " ".join(said[: 4 * _MOST_LETTERS].split()).lower()[:_MOST_LETTERS]
