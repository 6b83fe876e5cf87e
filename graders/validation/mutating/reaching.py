"""Which definitions of a file a function reaches, by name."""

import ast
import symtable
from collections.abc import Collection, Iterator

from graders.errors import UsageError
from graders.validation.mutating.source import Source

Function = ast.FunctionDef | ast.AsyncFunctionDef


def definitions(source: Source) -> dict[str, Function | ast.ClassDef]:
    """Top-level functions, classes, and methods as `Class.method`, in order."""
    found: dict[str, Function | ast.ClassDef] = {}
    for node in source.tree.body:
        if isinstance(node, Function | ast.ClassDef):
            found[node.name] = node
        if isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, Function):
                    found[f"{node.name}.{item.name}"] = item
    return found


def reached_by(source: Source, functions: Collection[str]) -> dict[str, list[str]]:
    """For each definition the wanted functions that reach it, in the file's order.

    Raises:
        UsageError: if the file does not define one of them.
    """
    known = definitions(source)
    for name in sorted(functions):
        if name not in known:
            raise UsageError(
                f"the solution defines no {name}",
                "functions",
                f"Known: {', '.join(known)}.",
            )
    calls = _calls(source)
    reached: dict[str, list[str]] = {}
    for start in (name for name in known if name in functions):
        for name in _closure(start, calls):
            reached.setdefault(name, []).append(start)
    return {name: reached[name] for name in known if name in reached}


def _closure(start: str, calls: dict[str, set[str]]) -> set[str]:
    seen, left = set(), [start]
    while left:
        name = left.pop()
        if name not in seen:
            seen.add(name)
            left.extend(calls[name])
    return seen


def _calls(source: Source) -> dict[str, set[str]]:
    """The definitions that each definition names.

    The table of symbols tells a parameter called `train` from the function `train`.
    """
    known = definitions(source)
    named = {
        table.get_name(): set(_global_names(table))
        for table in symtable.symtable(source.text, "solution", "exec").get_children()
    }
    calls: dict[str, set[str]] = {}
    for name, node in known.items():
        owner, _, method = name.partition(".")
        if isinstance(node, ast.ClassDef):
            calls[name] = named[name] | {m for m in known if m.startswith(f"{name}.")}
        elif method:
            used = {
                item.attr for item in ast.walk(node) if isinstance(item, ast.Attribute)
            }
            names = {item.id for item in ast.walk(node) if isinstance(item, ast.Name)}
            calls[name] = (named[owner] & names) | {f"{owner}.{attr}" for attr in used}
        else:
            calls[name] = named[name]
        calls[name] &= known.keys()
    return calls


def _global_names(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_global() and symbol.is_referenced():
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names(child)
