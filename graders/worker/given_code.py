"""Code that a suite gives to the worker: what students' functions are called with.

It comes from the grader, and students may read it.
"""

import types
from typing import Any


class GivenCode:
    """Modules made from the text of a suite's `given.py`, each made once."""

    def __init__(self) -> None:
        self._modules: dict[str, types.ModuleType] = {}

    def find(self, source: str, name: str) -> Any:
        """A function or class of the given text.

        >>> GivenCode().find("def double(x): return 2 * x", "double")(4)
        8
        """
        if source not in self._modules:
            module = types.ModuleType("given")
            exec(compile(source, "given.py", "exec", dont_inherit=True), vars(module))
            self._modules[source] = module
        return getattr(self._modules[source], name)
