"""Which files a group of checks is made of: one may change without the others."""

import ast
import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path


def needed_files(module: str, packages: Iterable[str]) -> frozenset[Path]:
    """The file of a module, those it imports, and those that these import in turn.

    Args:
        module: full name of the module, which can be imported.
        packages: only files of these packages are told.

    >>> sorted(path.name for path in needed_files(__name__, ["graders.checks"]))
    ['needed_files.py']
    """
    within = tuple(f"{package}." for package in packages)
    found: set[Path] = set()
    names, seen = [module], {module}
    while names:
        path = _file(names.pop())
        if path is None:
            continue
        found.add(path)
        new = {name for name in _imports(path) if name.startswith(within)} - seen
        seen |= new
        names += sorted(new)
    return frozenset(found)


def _file(module: str) -> Path | None:
    """Where a module is; None for a name inside one."""
    try:
        spec = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        return None
    return Path(spec.origin) if spec is not None and spec.origin else None


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
