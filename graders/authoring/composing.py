"""Puts single functions in place of those of a whole file: how mutants are made."""

import ast


def compose(whole: str, replacement: str) -> str:
    """The whole file, with the replacement's definitions instead of its own.

    A mutant file holds only what it gets wrong. Its functions and classes replace
    those of the same name; its imports and other definitions go to the top.

    Raises:
        SyntaxError: if either is not Python.

    >>> print(compose("def f():\\n    return 1\\n", "def f():\\n    return 2\\n"))
    def f():
        return 2
    """
    lines = whole.splitlines()
    own = {node.name: node for node in _definitions(whole)}
    parts = {node.name: _text(replacement, node) for node in _definitions(replacement)}
    for name in sorted(own.keys() & parts.keys(), key=lambda n: -own[n].lineno):
        node = own[name]
        assert node.end_lineno is not None
        lines[_first_line(node) - 1 : node.end_lineno] = parts[name].splitlines()
    top = [
        _text(replacement, node)
        for node in ast.parse(replacement).body
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign)
    ]
    new = [text for name, text in parts.items() if name not in own]
    start = _after_docstring_and_imports("\n".join(lines))
    lines[start:start] = [*top, *new]
    return "\n".join(lines) + "\n"


Definition = ast.FunctionDef | ast.ClassDef


def _definitions(text: str) -> list[Definition]:
    return [node for node in ast.parse(text).body if isinstance(node, Definition)]


def _first_line(node: Definition) -> int:
    return min([node.lineno, *(item.lineno for item in node.decorator_list)])


def _text(source: str, node: ast.stmt) -> str:
    first = _first_line(node) if isinstance(node, Definition) else node.lineno
    return "\n".join(source.splitlines()[first - 1 : node.end_lineno])


def _after_docstring_and_imports(text: str) -> int:
    """Line after the last of the imports at the top."""
    end = 0
    for node in ast.parse(text).body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(
            node.value, ast.Constant
        )
        if not (is_docstring or isinstance(node, ast.Import | ast.ImportFrom)):
            break
        end = node.end_lineno or end
    return end
