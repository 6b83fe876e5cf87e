"""What a mutation operator is: a name, a family, its origin, and a function."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from graders.validation.mutating.source import Change, Source

Family = Literal["numpy", "keras"]
Mutate = Callable[[Any, Source], Iterator[Change]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One kind of fault that can be put into a correct solution.

    Args:
        name: stable; part of the id of each mutant.
        family: "numpy" for any Python, "keras" for what only networks have.
        docstring: what it does, and the paper or document it is from.
        on: the kinds of node it looks at.
        mutate: gives the changes for one node; none where its pattern is absent.
    """

    name: str
    family: Family
    docstring: str
    on: tuple[type[ast.AST], ...]
    mutate: Mutate


def operator(family: Family, *on: type[ast.AST]) -> Callable[[Mutate], Operator]:
    """Makes an operator of a function, which gives it its name and docstring."""

    def make(mutate: Mutate) -> Operator:
        assert mutate.__doc__, "an operator says what it does and where it is from"
        return Operator(
            name=mutate.__name__,
            family=family,
            docstring=mutate.__doc__,
            on=on,
            mutate=mutate,
        )

    return make
