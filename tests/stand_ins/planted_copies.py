"""Copies as students disguise them, and files that were written apart."""

import ast
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from graders.authoring.stubbing import make_stub

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = ("1_tokenization", "2_cnn", "3_rnn", "4_finetuning")
_REMARKS = (
    "first we take care of the shape",
    "this is the important step",
    "here the loop goes over everything",
    "now only the result is missing",
    "see the lecture for the formula",
)


def independent(assignment: str) -> dict[str, str]:
    """Right and nearly right solutions of one assignment that were written apart."""
    folder = ROOT / "graders" / "suites" / f"assignment{assignment}"
    paths = [
        folder / "reference.py",
        *sorted((folder / "wheats").glob("*.py")),
        *sorted((folder / "sample_class").glob("*/*.py")),
    ]
    files = {
        path.relative_to(folder).with_suffix("").as_posix(): path.read_text("utf-8")
        for path in paths
    }
    return {name: text for name, text in files.items() if _is_python(text)}


def stub(assignment: str) -> str:
    """What students of it begin with."""
    folder = ROOT / "graders" / "suites" / f"assignment{assignment}"
    return make_stub((folder / "reference.py").read_text("utf-8"))


def renamed(text: str, draw: random.Random) -> str:
    """Own variables and functions have other names; no comment, other spaces."""
    tree = ast.parse(text)
    kept = _asked_for(tree)
    stored = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    defined = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    given = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own = sorted((stored | defined) - kept - given)
    names = {name: f"thing_{draw.randrange(10**6)}" for name in own}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = names.get(node.id, node.id)
        elif isinstance(node, ast.FunctionDef):
            node.name = names.get(node.name, node.name)
    return ast.unparse(tree)


def recommented(text: str, draw: random.Random) -> str:
    """Other comments, no docstrings of its own, and blank lines in other places."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    lines = []
    for line in ast.unparse(tree).splitlines():
        if draw.random() < 0.2 and line.startswith(" "):
            indent = line[: len(line) - len(line.lstrip())]
            lines.append(f"{indent}# {draw.choice(_REMARKS)} {draw.randrange(10**6)}")
        lines.append(line)
    return "\n".join(lines) + "\n"


def reordered(text: str, draw: random.Random) -> str:
    """Functions in another order."""
    tree = ast.parse(text)
    parts = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    rest = [node for node in tree.body if node not in parts]
    draw.shuffle(parts)
    return ast.unparse(ast.Module(body=[*rest, *parts], type_ignores=[]))


def shuffled(text: str, draw: random.Random) -> str:
    """Neighbouring assignments change places where neither needs the other."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for _ in range(3):
            for index in range(len(body) - 1):
                pair = body[index : index + 2]
                if _exchangeable(*pair) and draw.random() < 0.7:
                    body[index : index + 2] = pair[::-1]
    return ast.unparse(tree)


def padded(text: str, draw: random.Random) -> str:
    """Every eighth line or so there is one more, which does nothing."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and not isinstance(node, ast.Module):
            node_body: list[ast.stmt] = []
            for statement in body:
                if draw.random() < 1 / 8:
                    own = f"spare_{draw.randrange(99)} = {draw.randrange(99)}"
                    node_body += ast.parse(own).body
                node_body.append(statement)
            node.body = node_body  # type: ignore[attr-defined]
    return ast.unparse(tree)


def all_of_it(text: str, draw: random.Random) -> str:
    """Everything at once."""
    for change in (shuffled, padded, reordered, renamed, recommented):
        text = change(text, draw)
    return text


DISGUISES: dict[str, Callable[[str, random.Random], str]] = {
    "renamed": renamed,
    "recommented": recommented,
    "reordered": reordered,
    "shuffled": shuffled,
    "padded": padded,
    "all of it": all_of_it,
}


def half_copied(text: str, other: str, draw: random.Random) -> str:
    """Every second function that is asked for from one file, the rest from another."""
    ours, theirs = ast.parse(text), ast.parse(other)
    asked = sorted(_asked_for(ours) & _asked_for(theirs))
    taken = set(asked[::2])
    kept = [n for n in theirs.body if getattr(n, "name", "") not in taken]
    copied = [n for n in ours.body if getattr(n, "name", "") in taken]
    return renamed(
        ast.unparse(ast.Module(body=[*kept, *copied], type_ignores=[])), draw
    )


def recombined(
    files: Sequence[str], draw: random.Random, count: int = 0
) -> Iterator[str]:
    """Files whose functions are each from another author.

    Of at most as many as there are authors, no two have a function of the same one.
    Functions that an author added are left out, since two functions may need one.

    Args:
        files: of all authors.
        draw: of chance.
        count: of files; so many as there are authors, unless it is given.
    """
    trees = [ast.parse(text) for text in files]
    asked = sorted(set.intersection(*(_asked_for(tree) for tree in trees)))
    count = count or len(files)
    orders = {}
    for name in asked:
        orders[name] = list(range(len(files)))
        draw.shuffle(orders[name])
    for number in range(count):
        body: list[ast.stmt] = []
        for name in asked:
            order = orders[name]
            author = (
                order[number % len(order)]
                if count <= len(files)
                else draw.choice(order)
            )
            body += [n for n in trees[author].body if getattr(n, "name", "") == name]
        yield ast.unparse(ast.Module(body=body, type_ignores=[]))


def reworded(text: str, draw: random.Random) -> str:
    """Written anew by somebody who thinks alike: steps are cut up otherwise."""
    tree = ast.parse(text)
    rewording = _Rewording(draw)
    for node in ast.walk(tree):
        for name in ("body", "orelse"):
            body = getattr(node, name, None)
            if isinstance(body, list) and not isinstance(node, ast.Module):
                setattr(node, name, [s for one in body for s in rewording.apart(one)])
    return renamed(ast.unparse(ast.fix_missing_locations(tree)), draw)


class _Rewording(ast.NodeTransformer):
    """Gives some parts of a statement a name, in a line before it."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._before: list[ast.stmt] = []

    def apart(self, statement: ast.stmt) -> list[ast.stmt]:
        """The statement, and the lines before it."""
        if not isinstance(statement, ast.Assign | ast.Return | ast.AugAssign):
            return [statement]
        self._before = []
        if statement.value is not None:
            statement.value = self.visit(statement.value)
        return [*self._before, statement]

    def generic_visit(self, node: ast.AST) -> ast.AST:
        if isinstance(
            node, ast.Lambda | ast.GeneratorExp | ast.ListComp | ast.DictComp
        ):
            return node
        super().generic_visit(node)
        if isinstance(node, ast.BinOp | ast.Call) and self._draw.random() < 0.35:
            name = f"part_{self._draw.randrange(10**6)}"
            target = ast.Name(name, ast.Store())
            self._before.append(ast.Assign([target], node))
            return ast.Name(name, ast.Load())
        return node


def _asked_for(tree: ast.Module) -> set[str]:
    """Functions and classes without a leading underscore: nearly all are the stub's."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
    }


def _exchangeable(one: ast.stmt, other: ast.stmt) -> bool:
    """Two plain assignments that name nothing in common but what neither sets."""
    if not (isinstance(one, ast.Assign) and isinstance(other, ast.Assign)):
        return False
    sets = [_names(node, ast.Store) for node in (one, other)]
    reads = [_names(node, ast.Load) for node in (one, other)]
    plain = all(
        isinstance(target, ast.Name | ast.Tuple)
        for node in (one, other)
        for target in node.targets
    )
    apart = sets[0].isdisjoint(sets[1] | reads[1]) and sets[1].isdisjoint(reads[0])
    return plain and apart and not any(_asks_an_object(n) for n in (one, other))


def _asks_an_object(node: ast.AST) -> bool:
    """Whether it may draw from a generator, or change what it asks."""
    return any(
        isinstance(inner, ast.Call)
        and isinstance(inner.func, ast.Attribute)
        and isinstance(inner.func.value, ast.Name)
        and inner.func.value.id not in ("np", "keras", "layers")
        for inner in ast.walk(node)
    )


def _names(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    return {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, context)
    }


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True
