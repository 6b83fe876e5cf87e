"""A solution's text with its tree: where each node stands, and small edits of it.

Offsets count bytes, as the columns of `ast` do. An edit replaces one span and leaves
every other byte as it was, so that the difference stays small enough to read.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST_QUOTE = 60
# What may stand beside an operator or before a dot without parentheses.
_ATOMS = (
    *(ast.Name, ast.Call, ast.Subscript, ast.Attribute, ast.List, ast.Dict),
    *(ast.Tuple, ast.ListComp, ast.SetComp, ast.DictComp),
)
_BINDING = (
    *(ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Attribute),
    *(ast.Subscript, ast.Starred, ast.IfExp, ast.Await),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One edit: the bytes from `start` to `end` become `text`."""

    start: int
    end: int
    text: str
    description: str


class Source:
    """The text of one file and its tree.

    Raises:
        SyntaxError: if the text is not Python.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode()
        self.tree = ast.parse(text)
        self._line_starts = [0]
        for line in self.data.splitlines(keepends=True):
            self._line_starts.append(self._line_starts[-1] + len(line))
        self._parents = {
            child: node
            for node in ast.walk(self.tree)
            for child in ast.iter_child_nodes(node)
        }
        self.modules = self._imported_modules()
        self.numpy = self.modules.get("numpy")

    def parent(self, node: ast.AST) -> ast.AST:
        """The node around this one."""
        return self._parents[node]

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around this one, the nearest first."""
        while node in self._parents:
            node = self._parents[node]
            yield node

    def span(self, node: ast.AST) -> tuple[int, int]:
        """First byte of a node, and the first after it."""
        start = self._line_starts[node.lineno - 1] + node.col_offset  # type: ignore[attr-defined]
        end = self._line_starts[node.end_lineno - 1] + node.end_col_offset  # type: ignore[attr-defined]
        return start, end

    def line_of(self, offset: int) -> int:
        """Number of the line with that byte, from 1."""
        return self.data.count(b"\n", 0, offset) + 1

    def segment(self, *nodes: ast.AST) -> str:
        """The text from the first node to the end of the last one."""
        return self.cut(self.span(nodes[0])[0], self.span(nodes[-1])[1])

    def cut(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.data[start:end].decode()

    def edit(self, start: int, end: int, text: str, says: str = "") -> Change:
        """Puts text in place of a span."""
        said = says or f"{quote(self.cut(start, end))} became {quote(text)}"
        return Change(start=start, end=end, text=text, description=said)

    def replace(self, node: ast.AST, text: str, says: str = "") -> Change:
        """Puts text in place of a node, in parentheses if its place needs them."""
        around = self._parents.get(node)
        name = f"{around.arg}=" if isinstance(around, ast.keyword) else ""
        old = quote(name + self.segment(node))
        says = says or f"{old} became {quote(name + text)}"
        if isinstance(around, ast.Assign) and self.segment(*around.targets) == text:
            return self.drop_statement(around, says)  # rather than `x = x`
        is_index = isinstance(around, ast.Subscript) and around.slice is node
        if not is_index and _needs_parentheses(text, around):
            text = f"({text})"
        return self.edit(*self.span(node), text, says)

    def swap(self, first: ast.AST, second: ast.AST) -> Change:
        """Exchanges two nodes, the first of which stands before the second."""
        start, middle_start = self.span(first)
        middle_end, end = self.span(second)
        middle = self.cut(middle_start, middle_end)
        one, two = self.segment(first), self.segment(second)
        says = f"{quote(one)} and {quote(two)} changed places"
        return self.edit(start, end, two + middle + one, says)

    def retoken(self, left: ast.AST, right: ast.AST, old: str, new: str) -> Change:
        """Changes the operator that stands between two operands."""
        start, end = self.span(left)[1], self.span(right)[0]
        between = re.sub(rb"#[^\n]*", _blank, self.data[start:end])
        words = rb"\s+".join(re.escape(word) for word in old.encode().split())
        found = re.search(words, between)
        assert found is not None
        return self.edit(start + found.start(), start + found.end(), new)

    def add_argument(self, call: ast.Call, text: str) -> Change:
        """Adds an argument at the end of a call."""
        end = self.span(call)[1] - 1
        given = [self.span(item)[1] for item in (*call.args, *call.keywords)]
        if not given:
            return self.edit(end, end, text, f"{quote(text)} was added")
        rest = re.sub(rb"#[^\n]*", _blank, self.data[max(given) : end]).rstrip()
        at = max(given) + len(rest)
        lead = " " if rest.endswith(b",") else ", "
        return self.edit(at, at, lead + text, f"{quote(text)} was added")

    def drop_argument(self, argument: ast.keyword | ast.expr) -> Change:
        """Removes an argument of a call, or an element of a list, with its comma."""
        start, end = self.span(argument)
        says = f"{quote(self.segment(argument))} was left out"
        before = self.data[:start].rstrip()
        if before.endswith(b","):
            return self.edit(len(before) - 1, end, "", says)
        comma = re.match(rb"\s*,\s*", self.data[end:])
        return self.edit(start, end + (comma.end() if comma else 0), "", says)

    def drop_statement(self, statement: ast.stmt, says: str = "") -> Change:
        """Removes a statement; `pass` stands in where it was the only one."""
        says = says or f"{quote(self.segment(statement))} was left out"
        start, end = self.span(statement)
        first = self.data.rfind(b"\n", 0, start) + 1
        last = self.data.find(b"\n", end) + 1 or len(self.data)
        rest = self.data[end:last].strip()
        alone = not self.data[first:start].strip() and (
            not rest or rest.startswith(b"#")
        )
        if alone and self._has_neighbour(statement):
            return self.edit(first, last, "", says)
        return self.edit(start, end, "pass", says)

    def _has_neighbour(self, statement: ast.stmt) -> bool:
        blocks = [
            block
            for _, block in ast.iter_fields(self.parent(statement))
            if isinstance(block, list) and statement in block
        ]
        return any(len(block) > 1 for block in blocks)

    def _imported_modules(self) -> dict[str, str]:
        """Modules and what else the file imports, with their names in it."""
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for item in node.names:
                    found[item.name] = item.asname or item.name.partition(".")[0]
        return found

    def is_of_module(self, func: ast.expr) -> bool:
        """Whether `a.b` is a function of an imported module, not of a value."""
        while isinstance(func, ast.Attribute):
            func = func.value
        return isinstance(func, ast.Name) and func.id in self.modules.values()


def quote(text: str) -> str:
    """Text in backquotes, on one line, shortened."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_QUOTE:
        line = line[: _LONGEST_QUOTE - 3] + "..."
    return f"`{line}`" if line else "nothing"


def _blank(found: re.Match[bytes]) -> bytes:
    return b" " * len(found.group())


def _needs_parentheses(text: str, around: ast.AST | None) -> bool:
    """Whether text would be read otherwise beside what stands around it."""
    if not isinstance(around, _BINDING):
        return False
    try:
        node = ast.parse(text.strip(), mode="eval").body
    except SyntaxError:
        return False
    if isinstance(node, ast.Tuple):
        return not text.startswith("(")
    if isinstance(node, ast.Constant):
        return type(node.value) is int and isinstance(around, ast.Attribute)
    return not isinstance(node, _ATOMS)
