"""Faults in what is picked: indices and slices."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from graders.validation.mutating.operator import operator
from graders.validation.mutating.reading import integer
from graders.validation.mutating.source import Change, Source


def _indices(node: ast.Subscript) -> list[ast.expr]:
    return node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]


def _moved(place: ast.expr, source: Source) -> Iterator[Change]:
    """One further and one back: written out for numbers, added to anything else."""
    number = integer(place)
    for by in (1, -1):
        if number is not None:
            new = str(number + by)
        else:
            new = f"{source.segment(place)} {'+' if by > 0 else '-'} 1"
        yield source.edit(*source.span(place), new)


@operator("numpy", ast.Subscript)
def change_index(node: ast.Subscript, source: Source) -> Iterator[Change]:
    """Picks the neighbour: an index one too high or too low (course list: index)."""
    for place in _indices(node):
        number = integer(place)
        if number == 0:
            yield source.edit(*source.span(place), "1")
            yield source.edit(*source.span(place), "-1")
        elif number == -1:
            yield source.edit(*source.span(place), "-2")
            yield source.edit(*source.span(place), "0")
        elif number is not None:
            yield from _moved(place, source)


@operator("numpy", ast.Subscript)
def swap_indices(node: ast.Subscript, source: Source) -> Iterator[Change]:
    """Exchanges two neighbouring indices: rows for columns (course list: index)."""
    places = _indices(node)
    for first, second in pairwise(places):
        if all(isinstance(place, ast.Name | ast.Slice) for place in (first, second)):
            yield source.swap(first, second)


@operator("numpy", ast.Slice)
def change_slice(node: ast.Slice, source: Source) -> Iterator[Change]:
    """Moves a bound of a slice by one, or drops it (course list: index)."""
    for bound in (node.lower, node.upper):
        if bound is not None:
            yield from _moved(bound, source)
            said = f"the bound `{source.segment(bound)}` was left out"
            yield source.edit(*source.span(bound), "", said)
    if node.lower is None and (node.upper is not None or node.step is not None):
        start = source.span(node)[0]
        yield source.edit(start, start, "1", "the slice starts at `1`")
    if node.step is not None:
        said = f"the step `{source.segment(node.step)}` was left out"
        yield source.edit(*source.span(node.step), "", said)


INDICES = (change_index, swap_indices, change_slice)
