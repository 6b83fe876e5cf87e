"""Faults in steps: one forgotten, two results exchanged, a flag turned over."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from graders.validation.mutating.operator import operator
from graders.validation.mutating.source import Change, Source


@operator("numpy", ast.Assign, ast.AugAssign, ast.Expr)
def delete_statement(
    node: ast.Assign | ast.AugAssign | ast.Expr, source: Source
) -> Iterator[Change]:
    """Forgets a step: statement deletion (Mothra; Deng, Offutt, Li 2013)."""
    if isinstance(node, ast.AugAssign):
        yield source.drop_statement(node)
    elif isinstance(node, ast.Expr):
        if not isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom):
            yield source.drop_statement(node)
    elif _changes_something(node):
        yield source.drop_statement(node)


def _changes_something(node: ast.Assign) -> bool:
    """Whether the names are there without it: `x[i] = 1`, `x = x + 1`, `m.a = 1`."""
    target = node.targets[0]
    if isinstance(target, ast.Subscript):
        return True
    if isinstance(target, ast.Attribute):
        return not (isinstance(target.value, ast.Name) and target.value.id == "self")
    set_names = {item.id for item in ast.walk(target) if isinstance(item, ast.Name)}
    used = {item.id for item in ast.walk(node.value) if isinstance(item, ast.Name)}
    return bool(set_names) and set_names <= used


@operator("numpy", ast.Break, ast.Continue)
def drop_jump(node: ast.Break | ast.Continue, source: Source) -> Iterator[Change]:
    """Stays in a loop or in a turn of it that should have ended (Mothra)."""
    yield source.drop_statement(node)
    if isinstance(node, ast.Continue):
        yield source.edit(*source.span(node), "break")


@operator("numpy", ast.Return)
def drop_early_return(node: ast.Return, source: Source) -> Iterator[Change]:
    """Goes on where it should have returned (Mothra: return replacement)."""
    function = source.parent(node)
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        yield source.drop_statement(node)


@operator("numpy", ast.Return, ast.Lambda)
def swap_results(node: ast.Return | ast.Lambda, source: Source) -> Iterator[Change]:
    """Exchanges two neighbouring results (course list: order of results)."""
    value = node.value if isinstance(node, ast.Return) else node.body
    if isinstance(value, ast.Tuple):
        yield from _exchanged(value.elts, source)


@operator("numpy", ast.Assign, ast.For)
def swap_unpacking(node: ast.Assign | ast.For, source: Source) -> Iterator[Change]:
    """Unpacks two neighbours into each other's names (course list)."""
    target = node.target if isinstance(node, ast.For) else node.targets[0]
    if isinstance(target, ast.Tuple):
        yield from _exchanged(target.elts, source)


def _exchanged(parts: list[ast.expr], source: Source) -> Iterator[Change]:
    for first, second in pairwise(parts):
        if ast.dump(first) != ast.dump(second):
            yield source.swap(first, second)


@operator("numpy", ast.Constant)
def flip_flag(node: ast.Constant, source: Source) -> Iterator[Change]:
    """Puts True for False and the reverse: constant replacement (Mothra)."""
    if isinstance(node.value, bool):
        yield source.replace(node, str(not node.value))


STATEMENTS = (
    *(delete_statement, drop_jump, drop_early_return),
    *(swap_results, swap_unpacking, flip_flag),
)
