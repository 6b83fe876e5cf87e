"""Faults in functions and types: another function, another dtype, none at all."""

import ast
from collections.abc import Iterator
from itertools import pairwise

from graders.validation.mutating.operator import operator
from graders.validation.mutating.reading import callee, keyword, words
from graders.validation.mutating.source import Change, Source

_PAIRS = (
    *(("sum", "mean"), ("floor", "ceil"), ("argmax", "argmin"), ("max", "min")),
    *(("amax", "amin"), ("maximum", "minimum"), ("tanh", "sigmoid"), ("sin", "cos")),
    *(("any", "all"), ("std", "var"), ("hstack", "vstack")),
    *(("deg2rad", "rad2deg"), ("radians", "degrees"), ("union", "intersection")),
    *(("startswith", "endswith"), ("keys", "values"), ("zeros", "ones")),
    *(("zeros_like", "ones_like"), ("reduce_sum", "reduce_mean")),
    *(("reduce_max", "reduce_min"), ("triu", "tril")),
)
_OTHER_FUNCTION = {
    **dict(_PAIRS),
    **{two: one for one, two in _PAIRS},
    **{"prod": "sum", "exp": "log", "sqrt": "square", "cumsum": "cumprod"},
    **{"uniform": "normal", "extend": "append"},
}
_WRAPPERS = words(
    "clip abs sqrt exp log log1p round floor ceil square copy sorted reversed flip "
    "array asarray float int str list tuple set softmax sigmoid tanh relu squeeze "
    "stop_gradient lower upper strip casefold ravel flatten normalize cumsum "
    "deg2rad radians log_softmax one_hot pad"
)
_OTHER_TYPE = {
    **{"float32": "int32", "float64": "int64", "float16": "float32", "float": "int"},
    **{"int32": "float32", "int64": "float64", "int": "float", "bool": "int"},
    **{"uint8": "float32", "int8": "float32"},
}


@operator("numpy", ast.Call)
def swap_function(node: ast.Call, source: Source) -> Iterator[Change]:
    """Calls the function beside the right one: mean for sum (course list)."""
    new = _OTHER_FUNCTION.get(callee(node))
    if new is None or _is_missing(node, new, source):
        return
    if isinstance(node.func, ast.Attribute):
        end = source.span(node.func)[1]
        yield source.edit(end - len(node.func.attr), end, new)
    elif new in ("min", "max", "any", "all"):
        yield source.edit(*source.span(node.func), new)


def _is_missing(node: ast.Call, new: str, source: Source) -> bool:
    """Whether NumPy has no such function: the mutant would be dead at birth."""
    of_numpy = source.segment(node.func).startswith(f"{source.numpy}.")
    return of_numpy and new in ("sigmoid", "reduce_sum", "reduce_mean")


@operator("numpy", ast.Call)
def drop_call(node: ast.Call, source: Source) -> Iterator[Change]:
    """Hands on what a function was given, unchanged (course list)."""
    if callee(node) not in _WRAPPERS:
        return
    if isinstance(node.func, ast.Attribute) and not source.is_of_module(node.func):
        yield source.replace(node, source.segment(node.func.value))
    elif node.args:
        # `unicodedata.normalize("NFKC", text)` has its value at the end.
        given = node.args[-1 if callee(node) == "normalize" else 0]
        if not isinstance(given, ast.Starred | ast.GeneratorExp):
            yield source.replace(node, source.segment(given))


@operator("numpy", ast.Call)
def drop_cast(node: ast.Call, source: Source) -> Iterator[Change]:
    """Forgets a change of type: `astype`, `cast` (course list: dtype)."""
    if callee(node) == "astype" and isinstance(node.func, ast.Attribute):
        yield source.replace(node, source.segment(node.func.value))
    if callee(node) == "cast" and node.args:
        yield source.replace(node, source.segment(node.args[0]))


@operator("numpy", ast.Call)
def change_dtype(node: ast.Call, source: Source) -> Iterator[Change]:
    """Takes whole numbers for fractions and the reverse (diagnosis.md, row 21)."""
    named = keyword(node, "dtype")
    casts = callee(node) in ("astype", "cast", "asarray", "array", "zeros", "ones")
    casts = casts or callee(node) in ("empty", "full", "convert_to_tensor")
    places = [named.value] if named else node.args[-1:] if casts else []
    for place in places:
        start, end = source.span(place)
        name = source.segment(place).strip("\"'").rpartition(".")[2]
        is_text = isinstance(place, ast.Constant) and isinstance(place.value, str)
        if name in _OTHER_TYPE and (is_text or named or callee(node) == "astype"):
            old = source.segment(place)
            at = old.rindex(name)
            new = old[:at] + _OTHER_TYPE[name] + old[at + len(name) :]
            yield source.edit(start, end, new)


@operator("numpy", ast.Call)
def swap_joined(node: ast.Call, source: Source) -> Iterator[Change]:
    """Joins two parts in the other order (course list: merge order)."""
    if callee(node) in ("concatenate", "stack", "hstack", "vstack", "concat"):
        for parts in node.args[:1]:
            if isinstance(parts, ast.Tuple | ast.List):
                for first, second in pairwise(parts.elts):
                    yield source.swap(first, second)


@operator("numpy", ast.Call)
def swap_arguments(node: ast.Call, source: Source) -> Iterator[Change]:
    """Exchanges two neighbouring arguments (DEFault++: swapped inputs)."""
    for first, second in pairwise(node.args):
        if not isinstance(second, ast.Starred) and not isinstance(first, ast.Starred):
            yield source.swap(first, second)


@operator("numpy", ast.Call)
def drop_argument(node: ast.Call, source: Source) -> Iterator[Change]:
    """Leaves out the last argument, so that its default holds (course list)."""
    if len(node.args) > 1 and not isinstance(node.args[-1], ast.Starred):
        yield source.drop_argument(node.args[-1])


@operator("numpy", ast.Call)
def drop_keyword(node: ast.Call, source: Source) -> Iterator[Change]:
    """Leaves out a named argument, so that its default holds (course list)."""
    for item in node.keywords:
        if item.arg not in (
            None,
            "verbose",
            "name",
            "jit_compile",
            "strict",
            "metrics",
        ):
            yield source.drop_argument(item)


VALUES = (
    *(swap_joined, swap_function, drop_cast, drop_call, change_dtype),
    *(swap_arguments, drop_argument, drop_keyword),
)
