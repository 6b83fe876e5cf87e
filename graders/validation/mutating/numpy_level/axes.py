"""Faults in shapes: axes, transposes, reshapes and new axes."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from graders.validation.mutating.operator import operator
from graders.validation.mutating.reading import (
    callee,
    integer,
    integers,
    is_new_axis,
    keyword,
    words,
)
from graders.validation.mutating.source import Change, Source

_REDUCTIONS = words(
    "sum mean max min amax amin argmax argmin prod std var any all cumsum cumprod "
    "median softmax logsumexp argsort sort norm"
)
_JOINS = words("concatenate stack expand_dims squeeze repeat roll flip")
_AXIS_KEYWORDS = ("axis", "axes", "dims")


@operator("numpy", ast.Call)
def change_axis(node: ast.Call, source: Source) -> Iterator[Change]:
    """Works along another axis, or one axis too few (diagnosis.md, rows 31 and 42)."""
    reduces = callee(node) in _REDUCTIONS
    for name in _AXIS_KEYWORDS:
        if found := keyword(node, name):
            yield from _other_axes(found.value, reduces, source)
            return
    if place := _positional_axis(node):
        yield from _other_axes(place, reduces, source)


def _positional_axis(node: ast.Call) -> ast.expr | None:
    """The axis of `x.sum(0)` and of `np.stack(xs, 1)`."""
    name = callee(node)
    if name not in _REDUCTIONS | _JOINS or not node.args:
        return None
    if isinstance(node.func, ast.Name):  # the `max` and `sum` of Python
        return None
    last = node.args[-1]
    is_number = integer(last) is not None or integers(last) is not None
    return last if is_number else None


def _other_axes(place: ast.expr, reduces: bool, source: Source) -> Iterator[Change]:
    axis, several = integer(place), integers(place)
    if axis is not None:
        others = {0: (1, -1), -1: (0, -2)}.get(axis, (axis - 1, axis + 1))
        for other in others:
            yield source.replace(place, str(other))
        if reduces:
            yield source.replace(place, "None")
    elif several is not None and len(several) > 1:
        for left_out in range(len(several)):
            rest = [str(n) for at, n in enumerate(several) if at != left_out]
            text = f"({', '.join(rest)}{',' if len(rest) == 1 else ''})"
            yield source.replace(place, text)


@operator("numpy", ast.Attribute)
def drop_transpose(node: ast.Attribute, source: Source) -> Iterator[Change]:
    """Forgets `.T` (diagnosis.md, row 31)."""
    if node.attr == "T":
        yield source.replace(node, source.segment(node.value))


@operator("numpy", ast.Call)
def permute_axes(node: ast.Call, source: Source) -> Iterator[Change]:
    """Exchanges two axes of a transpose, or forgets it (diagnosis.md, row 31)."""
    name = callee(node)
    if name not in ("transpose", "permute", "Permute", "swapaxes", "moveaxis"):
        return
    for group in (node.args, *_tuples(node)):
        for first, second in pairwise(group):
            if integer(first) is not None and integer(second) is not None:
                yield source.swap(first, second)
    if isinstance(node.func, ast.Attribute) and name != "Permute":
        is_function = source.is_of_module(node.func) and node.args
        rest = node.args[0] if is_function else node.func.value
        yield source.replace(node, source.segment(rest))


def _tuples(node: ast.Call) -> list[list[ast.expr]]:
    values = [*node.args, *(item.value for item in node.keywords)]
    return [v.elts for v in values if isinstance(v, ast.Tuple | ast.List)]


@operator("numpy", ast.Call)
def swap_reshape(node: ast.Call, source: Source) -> Iterator[Change]:
    """Exchanges two neighbouring sizes of a reshape (course list: wrong axis)."""
    if callee(node) in ("reshape", "Reshape", "broadcast_to", "tile"):
        for sizes in (node.args, *_tuples(node)):
            start = 1 if sizes is node.args and _tuples(node) else 0
            for first, second in zip(sizes[start:], sizes[start + 1 :], strict=False):
                starred = isinstance(first, ast.Starred) or isinstance(
                    second, ast.Starred
                )
                nested = isinstance(second, ast.Tuple | ast.List)
                if not starred and not nested:
                    yield source.swap(first, second)


@operator("numpy", ast.Tuple)
def move_new_axis(node: ast.Tuple, source: Source) -> Iterator[Change]:
    """Puts a new axis on the other side of its neighbour (diagnosis.md, row 31)."""
    if isinstance(source.parent(node), ast.Subscript):
        for first, second in pairwise(node.elts):
            if is_new_axis(first) != is_new_axis(second):
                yield source.swap(first, second)


@operator("numpy", ast.Constant)
def shorten_ellipsis(node: ast.Constant, source: Source) -> Iterator[Change]:
    """Takes one axis where `...` stands for all the others (course list)."""
    if node.value is ... and isinstance(source.parent(node), ast.Tuple):
        yield source.edit(*source.span(node), ":")


AXES = (
    *(change_axis, permute_axes, drop_transpose, swap_reshape),
    *(move_new_axis, shorten_ellipsis),
)
