"""A Python text as words that renaming, rewording and rearranging leave as they are.

Runs in the process of `apart.py`; it needs nothing but the standard library.
"""

import ast
import builtins
import hashlib
import heapq
import keyword
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

MOST_WORDS = 20_000
"""Of one file. A solution has about 2,000."""
_MOST_SORTED = 300
_BUILTINS = frozenset(dir(builtins))
_BEGIN = re.compile(r"(?:async\s+def|def|class|@)(?!\w)")
_LEXEME = re.compile(r"[^\W\d]\w*|\d[\w.]*|#[^\n]*|[^\w\s]")
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_ENDS = (ast.Return, ast.Raise, ast.Break, ast.Continue, ast.Yield, ast.YieldFrom)
_TURNED = {ast.Gt: "Lt", ast.GtE: "LtE"}
TOO_HARD = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
"""What reading a hostile text may raise, short of ending the process."""

Word = tuple[str, int]


@dataclass(slots=True, kw_only=True)
class Unit:
    """A function, a method or what stands between them.

    Args:
        name: as it is written; empty for what stands between.
        first: line.
        last: line.
        words: each with its line.
    """

    name: str
    first: int
    last: int
    words: list[Word]


@dataclass(slots=True, kw_only=True)
class Part:
    """A piece of a file: its tree, or None if it cannot be parsed.

    Args:
        text: of it.
        before: number of lines before it.
        tree: None if it is no Python.
    """

    text: str
    before: int
    tree: ast.Module | None


def parts_of(text: str) -> list[Part]:
    """The whole file, or its definitions one by one if it is not Python as a whole."""
    whole = _parse(text)
    if whole is not None:
        return [Part(text=text, before=0, tree=whole)]
    parts = []
    for before, piece in _pieces(text):
        tree = _parse(piece)
        if tree is not None:
            ast.increment_lineno(tree, before)
        parts.append(Part(text=piece, before=before, tree=tree))
    return parts


def units_of(parts: Iterable[Part]) -> list[Unit]:
    """All units of a file, with at most `MOST_WORDS` words together."""
    parts = list(parts)
    aliases: dict[str, str] = {}
    for part in parts:
        if part.tree is not None:
            aliases |= _aliases(part.tree)
    units: list[Unit] = []
    left = MOST_WORDS
    for part in parts:
        for unit in _units(part, aliases):
            unit.words = unit.words[:left]
            left -= len(unit.words)
            if unit.words:
                units.append(unit)
            if left <= 0:
                return units
    return units


def lexed(text: str, before: int = 0) -> Unit:
    """Words of a text that is no Python: names become one, comments go.

    They are told apart from those of a tree, since they are never the same.
    """
    words: list[Word] = []
    for number, line in enumerate(text.split("\n"), start=before + 1):
        for match in _LEXEME.finditer(line[:20_000]):
            own = match.group()
            if own[0] != "#":
                named = own[0].isalpha() or own[0] == "_"
                kept = not named or own in _BUILTINS or keyword.iskeyword(own)
                words.append((f"~{own if kept else 'V'}"[:40], number))
        if len(words) > MOST_WORDS:
            break
    last = before + text.count("\n") + 1
    return Unit(name="", first=before + 1, last=last, words=words[:MOST_WORDS])


def _parse(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except TOO_HARD:
        return None


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A file cut before each definition at its left edge."""
    lines = text.split("\n")
    start, decorated = 0, False
    for number, line in enumerate(lines):
        if _BEGIN.match(line):
            if not decorated and number > start:
                yield start, "\n".join(lines[start:number])
                start = number
            decorated = line[0] == "@"
    yield start, "\n".join(lines[start:])


def _aliases(tree: ast.Module) -> dict[str, str]:
    """What imported names stand for, so that `np`, `numpy` and `from numpy` are one."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name if alias.asname else alias.name.split(".")[0]
                found[alias.asname or first] = first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                full = f"{node.module or ''}.{alias.name}"
                found[alias.asname or alias.name] = full
    return {
        name: full.replace("tensorflow.keras", "keras") for name, full in found.items()
    }


def _units(part: Part, aliases: dict[str, str]) -> Iterator[Unit]:
    if part.tree is None:
        yield lexed(part.text, part.before)
        return
    rest: list[ast.stmt] = []
    for node in part.tree.body:
        if isinstance(node, ast.ClassDef):
            yield from _of_class(node, aliases, part)
        elif isinstance(node, _DEFINITIONS):
            yield _unit(node.name, [node], aliases, part)
        else:
            rest.append(node)
    if rest:
        yield _unit("", rest, aliases, part)


def _of_class(
    node: ast.ClassDef, aliases: dict[str, str], part: Part
) -> Iterator[Unit]:
    rest: list[ast.stmt] = []
    for inner in node.body:
        if isinstance(inner, _DEFINITIONS):
            yield _unit(f"{node.name}.{inner.name}", [inner], aliases, part)
        else:
            rest.append(inner)
    if rest:
        yield _unit(node.name, rest, aliases, part)


def _unit(
    name: str, nodes: list[ast.stmt], aliases: dict[str, str], part: Part
) -> Unit:
    first = min(
        line
        for node in nodes
        for line in (
            node.lineno,
            *(one.lineno for one in getattr(node, "decorator_list", ())),
        )
    )
    last = max(node.end_lineno or node.lineno for node in nodes)
    try:
        words = _Writer(aliases).block(nodes)
    except TOO_HARD:
        lines = part.text.split("\n")[first - part.before - 1 : last - part.before]
        words = lexed("\n".join(lines), first - 1).words
    return Unit(name=name, first=first, last=last, words=words)


class _Writer:
    """Writes a tree as words, in an order that does not depend on who wrote it."""

    def __init__(self, aliases: dict[str, str]) -> None:
        self._aliases = aliases

    def block(self, nodes: Iterable[ast.stmt]) -> list[Word]:
        """Statements that could be exchanged come in an order of their own."""
        kept = [node for node in nodes if not _says_nothing(node)]
        texts = [self._words(node, node.lineno) for node in kept]
        order = (
            _settled(kept, texts, self._aliases)
            if 1 < len(kept) <= _MOST_SORTED
            else range(len(kept))
        )
        return [word for index in order for word in texts[index]]

    def _words(self, node: ast.AST, line: int) -> list[Word]:
        line = getattr(node, "lineno", line)
        match node:
            case ast.Name():
                return [(self._name(node.id), line)]
            case ast.Attribute():
                return self._attribute(node, line)
            case ast.Constant():
                return [(_constant(node.value), line)]
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return self._definition(node, line)
            case ast.AnnAssign() if node.value is not None:
                value = self._words(node.value, line)
                return [("Assign", line), *self._words(node.target, line), *value]
            case ast.AugAssign():
                return self._augmented(node, line)
            case ast.Call():
                return self._call(node, line)
            case ast.Compare() if len(node.ops) == 1 and type(node.ops[0]) in _TURNED:
                turned = (_TURNED[type(node.ops[0])], line)
                right = self._words(node.comparators[0], line)
                return [
                    ("Compare", line),
                    *right,
                    turned,
                    *self._words(node.left, line),
                ]
            case ast.JoinedStr():
                inner = [v for v in node.values if isinstance(v, ast.FormattedValue)]
                return [("S", line), *self._all((v.value for v in inner), line)]
            case _:
                return self._plain(node, line)

    def _plain(self, node: ast.AST, line: int) -> list[Word]:
        """The kind of a node, and what is in it; blocks are put in order."""
        words = [(type(node).__name__, line)]
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                words += [(":", line), *self.block(value)]
            elif isinstance(value, list):
                words += self._all((v for v in value if isinstance(v, ast.AST)), line)
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                words += self._words(value, line)
        return words

    def _all(self, nodes: Iterable[ast.AST], line: int) -> list[Word]:
        return [word for node in nodes for word in self._words(node, line)]

    def _name(self, name: str) -> str:
        if name in self._aliases:
            return self._aliases[name]
        return name if name in _BUILTINS else "V"

    def _attribute(self, node: ast.Attribute, line: int) -> list[Word]:
        """One word for `np.linalg.norm`; for others what it is of, and the name."""
        names = []
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            names.append(inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name) and inner.id in self._aliases:
            full = ".".join([self._aliases[inner.id], *reversed(names)])
            return [(full.replace("tensorflow.keras", "keras"), line)]
        of = self._words(inner, line)
        return [*of, *((f".{name}", line) for name in reversed(names))]

    def _definition(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, line: int
    ) -> list[Word]:
        args = node.args
        inside = [*node.decorator_list, *args.defaults, *args.kw_defaults]
        given = self._all((one for one in inside if one is not None), line)
        return [("def", line), *given, *self.block(node.body)]

    def _augmented(self, node: ast.AugAssign, line: int) -> list[Word]:
        """`x += 1` as `x = x + 1`."""
        target = self._words(node.target, line)
        kind = (type(node.op).__name__, line)
        value = self._words(node.value, line)
        return [("Assign", line), *target, ("BinOp", line), *target, kind, *value]

    def _call(self, node: ast.Call, line: int) -> list[Word]:
        """Named arguments in the order of their names."""
        words = [("Call", line), *self._words(node.func, line)]
        words += self._all(node.args, line)
        for named in sorted(node.keywords, key=lambda one: one.arg or ""):
            words += [(f"{named.arg}=", line), *self._words(named.value, line)]
        return [*words, (")", line)]


def _constant(value: object) -> str:
    """A literal, however it is written: 1e-3 is 0.001, and a sentence is a sentence.

    >>> _constant(1.0), _constant(1), _constant("relu"), _constant("not a name")
    ('1', '1', 'relu', 'S')
    """
    match value:
        case bool() | None:
            return str(value)
        case int() | float():
            try:
                return f"{float(value):.12g}"
            except OverflowError:
                return "N"
        case str() if value.isidentifier() and len(value) <= 40:
            return value
        case _:
            return "S"


def _says_nothing(node: ast.stmt) -> bool:
    """Docstrings, annotations without a value, imports, `pass`."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Pass():
            return True
        case ast.Import() | ast.ImportFrom() | ast.AnnAssign(value=None):
            return True
    return False


def _settled(
    nodes: list[ast.stmt], texts: list[list[Word]], aliases: Collection[str]
) -> list[int]:
    """An order in which each statement comes after what it needs, whoever wrote it.

    Of those that could come next, the one with the least hash of its words does.
    """
    uses = [_uses(node, aliases) for node in nodes]
    waits: list[int] = []
    follow: list[list[int]] = [[] for _ in nodes]
    for later, own in enumerate(uses):
        needs = [i for i in range(later) if _conflict(uses[i], own)]
        waits.append(len(needs))
        for index in needs:
            follow[index].append(later)
    ready = [(_digest(texts[i]), i) for i, count in enumerate(waits) if not count]
    heapq.heapify(ready)
    order = []
    while ready:
        _, index = heapq.heappop(ready)
        order.append(index)
        for later in follow[index]:
            waits[later] -= 1
            if not waits[later]:
                heapq.heappush(ready, (_digest(texts[later]), later))
    return order


@dataclass(slots=True)
class _Uses:
    """Names that a statement reads and changes, and whether it may end the block."""

    reads: set[str]
    writes: set[str]
    ends: bool


def _conflict(one: _Uses, other: _Uses) -> bool:
    return (
        one.ends
        or other.ends
        or not one.writes.isdisjoint(other.reads | other.writes)
        or not one.reads.isdisjoint(other.writes)
    )


def _uses(statement: ast.stmt, aliases: Collection[str]) -> _Uses:
    found = _Uses(set(), set(), False)
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                found.reads.add(name)
            case ast.Name(id=name):
                found.writes.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.writes.add(name)
            case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                found.writes |= _root(node)
            case ast.Call(func=ast.Attribute() as method):
                # `rows.append(x)` changes `rows`; `np.pad(x)` does not change `np`.
                found.writes |= _root(method) - set(aliases)
        found.ends |= isinstance(node, _ENDS)
    return found


def _root(node: ast.expr) -> set[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def _digest(words: list[Word]) -> bytes:
    text = "\0".join(word for word, _ in words)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
