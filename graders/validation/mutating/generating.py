"""Makes all mutants of a solution: one small edit each, before anything is trained."""

import ast
import hashlib
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from types import CodeType

from graders.validation.mutating.keras_level import KERAS_OPERATORS
from graders.validation.mutating.mutant import Mutant, unified_diff
from graders.validation.mutating.numpy_level import NUMPY_OPERATORS
from graders.validation.mutating.operator import Operator
from graders.validation.mutating.reaching import definitions, reached_by
from graders.validation.mutating.source import Change, Source

Part = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

# A mutant that two operators make bears the name of the first.
ALL: tuple[Operator, ...] = (*KERAS_OPERATORS, *NUMPY_OPERATORS)


def generate_mutants(
    source: str, *, functions: Collection[str], operators: Iterable[Operator] = ALL
) -> list[Mutant]:
    """All mutants of the functions named, and of what they reach in their file.

    They come in the order of the file. A change that does not compile is dropped, and
    one that compiles to the same as the solution or another mutant.

    Args:
        source: text of a correct solution.
        functions: top-level functions, classes, or `Class.method`.
        operators: the kinds of fault to make.

    Raises:
        UsageError: if the solution does not define one of the functions.

    >>> mutants = generate_mutants("def f(x):\\n    return x + 1\\n", functions=["f"])
    >>> [mutant.description for mutant in mutants][:2]
    ['`x + 1` became `x`', '`x + 1` became `1`']
    """
    solution = Source(source)
    reached = reached_by(solution, functions)
    kinds = tuple(operators)
    mutants: list[Mutant] = []
    for part in solution.tree.body:
        if isinstance(part, Part):
            mutants.extend(_Maker(solution, part, reached).mutants(kinds))
    return mutants


class _Maker:
    """Makes the mutants of one top-level definition, which is compiled alone."""

    def __init__(
        self, source: Source, part: Part, reached: dict[str, list[str]]
    ) -> None:
        self._source, self._part, self._reached = source, part, reached
        self._start = min(source.span(node)[0] for node in (part, *part.decorator_list))
        if part.decorator_list:
            self._start -= 1  # the `@`, which belongs to no node
        self._end = source.span(part)[1]
        self._spans = {
            name: source.span(node)
            for name, node in definitions(source).items()
            if name.partition(".")[0] == part.name
        }

    def mutants(self, operators: tuple[Operator, ...]) -> list[Mutant]:
        """What the operators make of it, in the order of the text."""
        if self._reached.keys().isdisjoint(self._spans):
            return []
        seen = {_compiled(self._source.data[self._start : self._end])}
        found: list[tuple[int, Mutant]] = []
        for operator, change in self._changes(operators):
            owner = self._owner(change)
            if owner not in self._reached:
                continue
            code = _compiled(self._changed(change, self._start, self._end))
            if code is not None and code not in seen:
                seen.add(code)
                found.append((change.start, self._mutant(operator, owner, change)))
        return [mutant for _, mutant in sorted(found, key=lambda item: item[0])]

    def _changes(
        self, operators: tuple[Operator, ...]
    ) -> Iterator[tuple[Operator, Change]]:
        nodes: dict[type[ast.AST], list[ast.AST]] = defaultdict(list)
        for node in mutable_nodes(self._part):
            nodes[type(node)].append(node)
        for operator in operators:
            for kind in operator.on:
                for node in nodes[kind]:
                    for change in operator.mutate(node, self._source):
                        yield operator, change

    def _owner(self, change: Change) -> str:
        around = [
            name
            for name, (start, end) in self._spans.items()
            if start <= change.start and change.end <= end
        ]
        return max(around, key=lambda name: self._spans[name][0], default="")

    def _changed(self, change: Change, start: int, end: int) -> bytes:
        data = self._source.data
        return (
            data[start : change.start] + change.text.encode() + data[change.end : end]
        )

    def _mutant(self, operator: Operator, owner: str, change: Change) -> Mutant:
        source = self._source
        own_text = self._changed(change, *self._spans[owner])
        mark = hashlib.sha256(own_text).hexdigest()[:8]
        start, end = (
            len(source.data[:at].decode()) for at in (change.start, change.end)
        )
        return Mutant(
            id=f"{operator.name}-{owner}-{mark}",
            operator=operator.name,
            family=operator.family,
            function=owner,
            line=source.line_of(change.start),
            description=change.description,
            source=self._changed(change, 0, len(source.data)).decode(),
            diff=unified_diff(source.text, start, end, change.text),
            reached_by=tuple(self._reached[owner]),
        )


def mutable_nodes(part: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a definition that may be changed, in the order of the file.

    Left out: docstrings, annotations, decorators, what is raised, the messages of
    asserts, f-strings, and defaults that are strings.
    """
    yield part
    for name, value in ast.iter_fields(part):
        if name in ("annotation", "returns", "decorator_list", "exc", "cause", "msg"):
            continue
        children = value if isinstance(value, list) else [value]
        for position, child in enumerate(children):
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr):
                continue
            if _is_text(child) and isinstance(part, ast.arguments):
                continue
            if position == 0 and name == "body" and _is_docstring(child):
                continue
            yield from mutable_nodes(child)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and _is_text(node.value)


def _compiled(text: bytes) -> tuple[object, ...] | None:
    """What a definition compiles to, without its positions; None if it does not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fault may well deserve a warning
        try:
            return _essence(compile(text, "solution", "exec", dont_inherit=True))
        except (SyntaxError, ValueError):
            return None


def _essence(code: CodeType) -> tuple[object, ...]:
    constants = tuple(
        _essence(value) if isinstance(value, CodeType) else repr(value)
        for value in code.co_consts
    )
    return (
        *(code.co_code, code.co_exceptiontable, constants, code.co_names),
        *(code.co_varnames, code.co_freevars, code.co_cellvars),
        *(code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount),
        code.co_flags,
    )
