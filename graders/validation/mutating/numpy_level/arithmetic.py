"""Faults in formulas: operators, signs, terms and constants.

Offutt's and Mothra's operators for expressions (King and Offutt, 1991), as far as they
make sense on arrays, and what students forget: a term, a factor, a minus.
"""

import ast
from collections.abc import Iterator

from graders.validation.mutating.operator import operator
from graders.validation.mutating.reading import integer
from graders.validation.mutating.source import Change, Source

_SIGNS: dict[type[ast.operator], tuple[str, tuple[str, ...]]] = {
    ast.Add: ("+", ("-",)),
    ast.Sub: ("-", ("+",)),
    ast.Mult: ("*", ("/", "+")),
    ast.Div: ("/", ("*",)),
    ast.FloorDiv: ("//", ("/", "*")),
    ast.Mod: ("%", ("//",)),
    ast.Pow: ("**", ("*",)),
    ast.MatMult: ("@", ("*",)),
}
_COMMUTE = (ast.Add, ast.Mult)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )


@operator("numpy", ast.BinOp)
def swap_arithmetic(node: ast.BinOp, source: Source) -> Iterator[Change]:
    """Takes another arithmetic operator: arithmetic replacement (King, Offutt 1991)."""
    if type(node.op) in _SIGNS and not (_is_text(node.left) or _is_text(node.right)):
        old, others = _SIGNS[type(node.op)]
        for new in others:
            yield source.retoken(node.left, node.right, old, new)


@operator("numpy", ast.BinOp)
def drop_term(node: ast.BinOp, source: Source) -> Iterator[Change]:
    """Forgets one side of an operation: a bias, a scale, a stride (course list)."""
    if type(node.op) in _SIGNS:
        yield source.replace(node, source.segment(node.left))
        if isinstance(node.op, _COMMUTE):
            yield source.replace(node, source.segment(node.right))


@operator("numpy", ast.BinOp)
def swap_operands(node: ast.BinOp, source: Source) -> Iterator[Change]:
    """Exchanges the sides where their order matters (course list)."""
    atoms = (ast.Name, ast.Constant, ast.Attribute, ast.Subscript, ast.Call)
    if type(node.op) in _SIGNS and not isinstance(node.op, _COMMUTE):
        simple = isinstance(node.left, atoms) and isinstance(node.right, atoms)
        if simple and not _is_text(node.left):
            yield source.swap(node.left, node.right)


@operator("numpy", ast.UnaryOp)
def drop_minus(node: ast.UnaryOp, source: Source) -> Iterator[Change]:
    """Removes a minus sign: unary operator deletion (King, Offutt 1991)."""
    if isinstance(node.op, ast.USub):
        yield source.replace(node, source.segment(node.operand))


@operator("numpy", ast.BinOp)
def add_minus(node: ast.BinOp, source: Source) -> Iterator[Change]:
    """Turns the sign of a whole formula: unary insertion (King, Offutt 1991)."""
    in_formula = isinstance(source.parent(node), ast.BinOp | ast.UnaryOp)
    in_index = any(
        isinstance(around, ast.Subscript) for around in source.ancestors(node)
    )
    texts = _is_text(node.left) or _is_text(node.right)
    if not in_formula and not in_index and not texts:
        yield source.replace(node, f"-({source.segment(node)})")


@operator("numpy", ast.AugAssign)
def drop_accumulation(node: ast.AugAssign, source: Source) -> Iterator[Change]:
    """Overwrites where it should add up (course list: missing accumulate)."""
    if type(node.op) in _SIGNS:
        old, _ = _SIGNS[type(node.op)]
        yield source.retoken(node.target, node.value, f"{old}=", "=")


@operator("numpy", ast.AugAssign)
def swap_accumulation(node: ast.AugAssign, source: Source) -> Iterator[Change]:
    """Takes another operator to accumulate: assignment replacement (Mothra)."""
    if type(node.op) in _SIGNS and not _is_text(node.value):
        old, others = _SIGNS[type(node.op)]
        for new in others:
            yield source.retoken(node.target, node.value, f"{old}=", f"{new}=")


@operator("numpy", ast.Expr)
def assign_instead_of_add_at(node: ast.Expr, source: Source) -> Iterator[Change]:
    """Writes `a[i] = v` for `np.add.at`, which counts an index once (course list)."""
    call = node.value
    if isinstance(call, ast.Call) and len(call.args) == 3:
        func = call.func
        if isinstance(func, ast.Attribute) and func.attr == "at":
            target, index, value = map(source.segment, call.args)
            mark = "" if source.segment(func).endswith("subtract.at") else "+"
            yield source.edit(*source.span(node), f"{target}[{index}] = {value}")
            if mark:
                yield source.edit(*source.span(node), f"{target}[{index}] += {value}")


@operator("numpy", ast.Constant)
def off_by_one(node: ast.Constant, source: Source) -> Iterator[Change]:
    """Takes one more or one less than a whole number: constant replacement (Mothra)."""
    number = integer(node)
    if number is not None:
        yield source.replace(node, str(number + 1))
        yield source.replace(node, str(number - 1))


@operator("numpy", ast.Call)
def move_range(node: ast.Call, source: Source) -> Iterator[Change]:
    """Starts a range one later, or ends it one earlier or later (course list)."""
    if not (isinstance(node.func, ast.Name) and node.func.id == "range"):
        return
    if len(node.args) == 1:
        stop = source.segment(node.args[0])
        yield source.edit(*source.span(node.args[0]), f"1, {stop}")
    if node.args and not isinstance(node.args[0], ast.Starred):
        last = node.args[min(len(node.args), 2) - 1]
        for by in ("- 1", "+ 1"):
            yield source.edit(*source.span(last), f"{source.segment(last)} {by}")


@operator("numpy", ast.Constant)
def scale_constant(node: ast.Constant, source: Source) -> Iterator[Change]:
    """Doubles or halves a fraction; zero becomes one: constant replacement (Mothra)."""
    if isinstance(node.value, float):
        values = (node.value * 2, node.value / 2) if node.value else (1.0,)
        for value in values:
            yield source.replace(node, repr(value))


ARITHMETIC = (
    *(assign_instead_of_add_at, drop_accumulation, swap_accumulation),
    *(swap_arithmetic, drop_term, swap_operands, drop_minus, add_minus),
    *(move_range, off_by_one, scale_constant),
)
