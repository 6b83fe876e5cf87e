"""Loads a submission's file as a module, and seeds every source of randomness."""

import ast
import inspect
import linecache
import random
import sys
import types
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

MAX_NAMES = 500


@dataclass
class LoadedFile:
    """The submission's file: its name, its text, and what it defines."""

    filename: str
    source: str
    namespace: dict[str, Any] = field(default_factory=dict)

    def definitions(self) -> dict[str, Any]:
        """Callables by name, methods as `Class.method`: parameters, and line."""
        found: dict[str, Any] = {}
        for name, value in list(self.namespace.items())[:MAX_NAMES]:
            if callable(value) and not name.startswith("__"):
                found[name[:100]] = self._entry(value, bound=True)
                if inspect.isclass(value) and self._is_own(value):
                    found |= self._methods(name[:100], value)
        return dict(list(found.items())[:MAX_NAMES])

    def _methods(self, name: str, kind: type) -> dict[str, Any]:
        """Those that this file defines, in the class or in what it inherits from."""
        members = {
            key: value
            for base in reversed(kind.__mro__)
            for key, value in vars(base).items()
            if inspect.isfunction(value) and self.line_of(value) is not None
        }
        return {
            f"{name}.{key}"[:100]: self._entry(value, bound=False)
            for key, value in members.items()
        }

    def _entry(self, value: Any, *, bound: bool) -> dict[str, Any]:
        parameters = _parameters(value)
        if parameters and not bound:
            parameters = parameters[1:]
        return {"parameters": parameters, "line": self.line_of(value)}

    def _is_own(self, kind: type) -> bool:
        return kind.__module__ == self.namespace.get("__name__")

    def line_of(self, definition: Any) -> int | None:
        """Line on which a function or class of this file is defined."""
        if inspect.isclass(definition):
            return self._class_lines().get(definition.__name__)
        code = getattr(inspect.unwrap(definition), "__code__", None)
        if code is not None and code.co_filename == self.filename:
            return int(code.co_firstlineno)
        return None

    def _class_lines(self) -> dict[str, int]:
        return {
            node.name: node.lineno
            for node in ast.parse(self.source).body
            if isinstance(node, ast.ClassDef)
        }


def place_beside(provided: dict[str, bytes]) -> None:
    """Puts the files that students were given where a submission looks for them."""
    here = Path.cwd()
    for name, content in provided.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(content)
    if provided:
        sys.path.insert(0, str(here))


def load_source(file: LoadedFile) -> None:
    """Runs the file as a module of its own name, filling its namespace."""
    name = file.filename.rsplit(".", 1)[0]
    module = types.ModuleType(name if name.isidentifier() else "submission")
    module.__file__ = file.filename
    file.namespace = module.__dict__
    sys.modules[module.__name__] = module
    lines = file.source.splitlines(keepends=True)
    linecache.cache[file.filename] = (len(file.source), None, lines, file.filename)
    exec(compile(file.source, file.filename, "exec", dont_inherit=True), file.namespace)


def seed_everything(seed: int) -> None:
    """Seeds Python, NumPy and, where they are loaded, Keras and TensorFlow."""
    random.seed(seed)
    np.random.seed(seed)
    keras = sys.modules.get("keras")
    if keras is not None:
        keras.utils.set_random_seed(seed)


def _parameters(function: Any) -> list[list[Any]] | None:
    """`[name, kind, has a default]` of each parameter; None if unknown."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    return [
        [item.name, item.kind.name, item.default is not item.empty]
        for item in parameters
    ][:50]
