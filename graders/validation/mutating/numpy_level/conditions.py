"""Faults in decisions: comparisons, boolean operators and whole conditions."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from graders.validation.mutating.operator import operator
from graders.validation.mutating.source import Change, Source

_COMPARISONS: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">")),
    ast.LtE: ("<=", ("<", ">=")),
    ast.Gt: (">", (">=", "<")),
    ast.GtE: (">=", (">", "<=")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}


@operator("numpy", ast.Compare)
def swap_comparison(node: ast.Compare, source: Source) -> Iterator[Change]:
    """Takes another comparison: relational replacement (King, Offutt 1991)."""
    sides = [node.left, *node.comparators]
    for left, sign, right in zip(sides, node.ops, sides[1:], strict=False):
        old, others = _COMPARISONS[type(sign)]
        for new in others:
            yield source.retoken(left, right, old, new)


@operator("numpy", ast.BoolOp)
def swap_boolean(node: ast.BoolOp, source: Source) -> Iterator[Change]:
    """Puts `or` for `and` and the reverse: connector replacement (Mothra)."""
    old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    for left, right in pairwise(node.values):
        yield source.retoken(left, right, old, new)


@operator("numpy", ast.BoolOp)
def drop_condition(node: ast.BoolOp, source: Source) -> Iterator[Change]:
    """Forgets one of several conditions (course list)."""
    if len(node.values) == 2:
        for value in node.values:
            yield source.replace(node, source.segment(value))


@operator("numpy", ast.UnaryOp)
def drop_not(node: ast.UnaryOp, source: Source) -> Iterator[Change]:
    """Removes `not` or `~`: unary operator deletion (King, Offutt 1991)."""
    if isinstance(node.op, ast.Not | ast.Invert):
        yield source.replace(node, source.segment(node.operand))


@operator("numpy", ast.If, ast.While, ast.IfExp)
def force_condition(
    node: ast.If | ast.While | ast.IfExp, source: Source
) -> Iterator[Change]:
    """Takes one branch always: decision replacement (Mothra)."""
    yield source.edit(*source.span(node.test), "False")
    if not isinstance(node, ast.While):  # a loop without an end tells nothing
        yield source.edit(*source.span(node.test), "True")


@operator("numpy", ast.comprehension)
def drop_filter(node: ast.comprehension, source: Source) -> Iterator[Change]:
    """Keeps all that a comprehension should have left out (course list)."""
    for test in node.ifs:
        yield source.edit(*source.span(test), "True")


CONDITIONS = (
    *(swap_comparison, swap_boolean, drop_condition, drop_not),
    *(force_condition, drop_filter),
)
