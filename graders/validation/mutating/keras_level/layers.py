"""Faults in which layers there are: one missing, one twice, two in the wrong order."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from graders.validation.mutating.operator import operator
from graders.validation.mutating.reading import callee, integer, keyword
from graders.validation.mutating.source import Change, Source, quote

_NOT_LAYERS = ("Input", "InputLayer", "Concatenate", "Add", "Model", "Sequential")
_WRAPPERS = ("Bidirectional", "TimeDistributed", "SpectralNormalization")


def _makes_layer(node: ast.AST) -> bool:
    """Whether a call makes a layer: `Dense(3)`, `layers.Dense(3)`, not `Input`."""
    name = callee(node)
    is_class = name[:1].isupper() and name not in _NOT_LAYERS
    if not (is_class and isinstance(node, ast.Call)):
        return False
    func = node.func
    return isinstance(func, ast.Name) or (
        isinstance(func, ast.Attribute)
        and ast.unparse(func.value).split(".")[-1] in ("layers", "keras")
    )


def _is_applied(node: ast.AST) -> bool:
    """Whether a call gives a tensor to a layer: `Dense(3)(h)`, `self.first(h)`."""
    if not (isinstance(node, ast.Call) and len(node.args) == 1):
        return False
    func = node.func
    own = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name)
    return _makes_layer(func) or (
        own and isinstance(func, ast.Attribute) and ast.unparse(func.value) == "self"
    )


def _stacked(node: ast.Call) -> list[ast.expr]:
    """What stands in the list of `Sequential([...])`."""
    if callee(node) == "Sequential" and node.args:
        stack = node.args[0]
        return stack.elts if isinstance(stack, ast.List | ast.Tuple) else []
    return []


@operator("keras", ast.Call)
def remove_layer(node: ast.Call, source: Source) -> Iterator[Change]:
    """Leaves a layer out: LR (DeepMutation)."""
    if _is_applied(node):
        yield source.replace(node, source.segment(node.args[0]))
    for item in _stacked(node):
        if _makes_layer(item):
            yield source.drop_argument(item)
    if statement := _added(node, source):
        yield source.drop_statement(statement)


@operator("keras", ast.Call)
def repeat_layer(node: ast.Call, source: Source) -> Iterator[Change]:
    """Puts a layer there twice: LA (DeepMutation)."""
    if _is_applied(node):
        layer, given = source.segment(node.func), source.span(node.args[0])
        said = f"the layer `{layer}` is used twice"
        yield source.edit(*given, f"{layer}({source.cut(*given)})", said)
    for item in _stacked(node):
        if _makes_layer(item):
            yield _twice(item, ",", source)
    if statement := _added(node, source):
        yield _twice(statement, "", source)


def _twice(node: ast.AST, comma: str, source: Source) -> Change:
    """The node and its copy, below it if it begins a line."""
    start, end = source.span(node)
    copy = source.segment(node)
    before = source.cut(source.data.rfind(b"\n", 0, start) + 1, start)
    gap = " " if before.strip() else f"\n{before}"
    text = f"{copy}{comma}{gap}{copy}"
    return source.edit(start, end, text, f"{quote(copy)} is there twice")


def _added(node: ast.Call, source: Source) -> ast.Expr | None:
    """The statement `model.add(Dense(3))`."""
    statement = source.parent(node)
    adds = callee(node) == "add" and len(node.args) == 1
    if adds and isinstance(statement, ast.Expr) and _makes_layer(node.args[0]):
        return statement
    return None


@operator("keras", ast.Call)
def swap_layers(node: ast.Call, source: Source) -> Iterator[Change]:
    """Exchanges two neighbouring layers of a stack: LS (DeepMutation++)."""
    for first, second in pairwise(_stacked(node)):
        if _makes_layer(first) and _makes_layer(second):
            yield source.swap(first, second)


@operator("keras", ast.Call)
def drop_wrapper(node: ast.Call, source: Source) -> Iterator[Change]:
    """Reads a sequence one way only: the layer without its wrapper (course list)."""
    if callee(node) in _WRAPPERS and node.args:
        yield source.replace(node, source.segment(node.args[0]))


@operator("keras", ast.Call)
def swap_merged(node: ast.Call, source: Source) -> Iterator[Change]:
    """Merges branches in the other order (course list: merge order)."""
    for branches in _merged(node):
        for first, second in pairwise(branches):
            yield source.swap(first, second)


@operator("keras", ast.Call)
def drop_branch(node: ast.Call, source: Source) -> Iterator[Change]:
    """Takes one branch instead of the sum of both: RRS (DEForm)."""
    for branches in _merged(node):
        adds = callee(node) == "add" or callee(node.func) == "Add"
        if adds and len(branches) == 2:
            for branch in branches:
                yield source.replace(node, source.segment(branch))


def _merged(node: ast.Call) -> Iterator[list[ast.expr]]:
    """The branches of `Add()([a, b])` and `layers.add([a, b])`."""
    layer = callee(node.func) in ("Concatenate", "Subtract", "Dot", "Add")
    function = callee(node) in ("concatenate", "subtract", "dot", "add")
    if (layer or function) and len(node.args) == 1:
        branches = node.args[0]
        if isinstance(branches, ast.List | ast.Tuple):
            yield branches.elts


@operator("keras", ast.Call)
def change_softmax_axis(node: ast.Call, source: Source) -> Iterator[Change]:
    """Normalises along the wrong axis (diagnosis.md, row 42)."""
    if callee(node) not in ("softmax", "Softmax", "log_softmax"):
        return
    found = keyword(node, "axis")
    if found and integer(found.value) is not None:
        new = "-2" if integer(found.value) == -1 else "-1"
        yield source.replace(found.value, new)
    elif not found and len(node.args) <= 1:
        yield source.add_argument(node, "axis=-2")


LAYERS = (
    *(remove_layer, repeat_layer, swap_layers, drop_wrapper, drop_branch),
    *(swap_merged, change_softmax_axis),
)
