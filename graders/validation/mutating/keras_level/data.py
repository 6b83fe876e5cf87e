"""Faults in the data of a training: DeepCrime's five, and the course's own.

They rewrite the two arguments of `fit`, `train_on_batch` or `from_tensor_slices`. NumPy
does the work under the name by which the file imports it; without that they keep out.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from graders.validation.mutating.operator import operator
from graders.validation.mutating.reading import callee, keyword
from graders.validation.mutating.source import Change, Source

_PURE = (ast.Name, ast.Attribute, ast.Subscript)
_COPIES = ("asarray", "array", "list", "constant", "convert_to_tensor")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """Where a training gets its inputs and labels.

    Args:
        start, end: the place of both arguments.
        form: the text around them, with `{x}` and `{y}`.
        x, y: what they are now.
        np: the name of NumPy in the file.
    """

    start: int
    end: int
    form: str
    x: str
    y: str
    np: str

    def change(self, source: Source, says: str, **new: str) -> Change:
        """Other inputs, other labels, or both."""
        given = {"x": self.x, "y": self.y, **new}
        return source.edit(self.start, self.end, self.form.format(**given), says)


def _sites(call: ast.Call, source: Source) -> Iterator[_Site]:
    if source.numpy is None:
        return
    args: list[ast.expr] = call.args
    name = callee(call)
    if name == "from_tensor_slices" and args and isinstance(args[0], ast.Tuple):
        args = args[0].elts
    elif name not in ("fit", "train_on_batch"):
        return
    x, y = keyword(call, "x"), keyword(call, "y")
    if len(args) >= 2 and all(map(_may_repeat, args[:2])):
        x_text, y_text = source.segment(args[0]), source.segment(args[1])
        yield _site(source, args[0], args[1], "{x}, {y}", (x_text, y_text))
    elif args and isinstance(args[0], ast.Starred):
        if isinstance(args[0].value, ast.Name):
            both = args[0].value.id
            texts = (f"{both}[0]", f"{both}[1]")
            yield _site(source, args[0], args[0], "{x}, {y}", texts)
    elif x and y and all(_may_repeat(item.value) for item in (x, y)):
        if call.keywords.index(y) - call.keywords.index(x) != 1:
            return
        texts = (source.segment(x.value), source.segment(y.value))
        yield _site(source, x, y, "x={x}, y={y}", texts)


def _may_repeat(node: ast.expr) -> bool:
    """Whether text may stand there twice and mean the same."""
    if callee(node) in _COPIES and isinstance(node, ast.Call) and node.args:
        return _may_repeat(node.args[0])
    return isinstance(node, _PURE)


def _site(
    source: Source, first: ast.AST, last: ast.AST, form: str, texts: tuple[str, str]
) -> _Site:
    return _Site(
        start=source.span(first)[0],
        end=source.span(last)[1],
        form=form,
        x=texts[0],
        y=texts[1],
        np=source.numpy or "",
    )


@operator("keras", ast.Call)
def change_labels(node: ast.Call, source: Source) -> Iterator[Change]:
    """Gives half of the inputs another's label: TCL (DeepCrime)."""
    for site in _sites(node, source):
        half = f"len({site.y}) // 2"
        parts = f"{site.y}[:{half}][::-1], {site.y}[{half}:]"
        text = f"{site.np}.concatenate([{parts}])"
        yield site.change(source, "half of the labels were mixed up", y=text)


@operator("keras", ast.Call)
def shift_labels(node: ast.Call, source: Source) -> Iterator[Change]:
    """Counts the classes from one, or from minus one (course list: labels +-1)."""
    for site in _sites(node, source):
        array = f"{site.np}.asarray({site.y})"
        yield site.change(source, "1 was added to each label", y=f"{array} + 1")
        yield site.change(source, "1 was taken from each label", y=f"{array} - 1")


@operator("keras", ast.Call)
def delete_data(node: ast.Call, source: Source) -> Iterator[Change]:
    """Trains on a tenth of the data: TRD (DeepCrime)."""
    for site in _sites(node, source):
        tenth = f"[: len({site.y}) // 10]"
        said = "nine tenths of the training data were left out"
        yield site.change(source, said, x=site.x + tenth, y=site.y + tenth)
    fits = callee(node) == "fit" and len(node.args) == 1 and keyword(node, "epochs")
    if fits and isinstance(node.args[0], ast.Name):  # a data set of batches
        yield source.replace(node.args[0], f"{node.args[0].id}.take(1)")


@operator("keras", ast.Call)
def unbalance_data(node: ast.Call, source: Source) -> Iterator[Change]:
    """Trains without the class of the first label: TUD (DeepCrime)."""
    for site in _sites(node, source):
        keep = f"[{site.np}.asarray({site.y}) != {site.y}[0]]"
        said = "one class was left out of the training data"
        yield site.change(source, said, x=site.x + keep, y=site.y + keep)


@operator("keras", ast.Call)
def add_noise(node: ast.Call, source: Source) -> Iterator[Change]:
    """Adds as much noise as there is signal: TAN (DeepCrime)."""
    for site in _sites(node, source):
        noise = (
            f"{site.np}.random.default_rng(0).normal("
            f"0, {site.np}.std({site.x}), {site.np}.shape({site.x}))"
        )
        said = "noise was added to the training data"
        yield site.change(source, said, x=f"{site.x} + {noise}")


@operator("keras", ast.Call)
def overlap_data(node: ast.Call, source: Source) -> Iterator[Change]:
    """Gives each input twice, with its own label and another's: TCO (DeepCrime)."""
    for site in _sites(node, source):
        join = f"{site.np}.concatenate"
        said = "every input was repeated with another label"
        yield site.change(
            source,
            said,
            x=f"{join}([{site.x}, {site.x}])",
            y=f"{join}([{site.y}, {site.y}[::-1]])",
        )


@operator("keras", ast.Call)
def leak_validation(node: ast.Call, source: Source) -> Iterator[Change]:
    """Trains on the validation data too, or validates on what it trains on (row 26)."""
    validation = keyword(node, "validation_data")
    for site in _sites(node, source):
        if validation is None:
            return
        value = validation.value
        if isinstance(value, ast.Tuple) and len(value.elts) >= 2:
            val_x, val_y = source.segment(value.elts[0]), source.segment(value.elts[1])
        else:
            val_x, val_y = (f"{source.segment(value)}[{at}]" for at in (0, 1))
        join = f"{site.np}.concatenate"
        yield site.change(
            source,
            "the validation data were added to the training data",
            x=f"{join}([{site.x}, {val_x}])",
            y=f"{join}([{site.y}, {val_y}])",
        )
        yield source.replace(value, f"({site.x}, {site.y})")


@operator("keras", ast.Call)
def leak_labels(node: ast.Call, source: Source) -> Iterator[Change]:
    """Adds its label to each input (diagnosis.md, row 27)."""
    for site in _sites(node, source):
        shape = f"(-1, *[1] * ({site.np}.ndim({site.x}) - 1))"
        labels = f"{site.np}.reshape({site.y}, {shape})"
        said = "its label was added to each input"
        yield site.change(source, said, x=f"{site.x} + {labels}")


@operator("keras", ast.Return)
def leak_split(node: ast.Return, source: Source) -> Iterator[Change]:
    """Returns one split in the place of another (diagnosis.md, row 26)."""
    value = node.value
    if isinstance(value, ast.Tuple):
        pairs = [item for item in value.elts if isinstance(item, ast.Tuple)]
        if len(pairs) > 1 and len(pairs) == len(value.elts):
            for split in pairs[1:]:
                yield source.replace(split, source.segment(pairs[0]))


@operator("keras", ast.Call)
def drop_shuffle(node: ast.Call, source: Source) -> Iterator[Change]:
    """Keeps the data in their order (diagnosis.md, row 24)."""
    flag = keyword(node, "shuffle")
    if flag and source.segment(flag.value) == "True":
        yield source.replace(flag.value, "False")
    if not isinstance(node.func, ast.Attribute):
        return
    if node.func.attr == "shuffle":
        statement = source.parent(node)
        if isinstance(statement, ast.Expr):
            yield source.drop_statement(statement)
        else:
            yield source.replace(node, source.segment(node.func.value))
    elif node.func.attr == "permutation" and node.args and source.numpy:
        given = source.segment(node.args[0])
        counts = callee(node.args[0]) == "len" or given.endswith("shape[0]")
        counts = counts or given == "n" or given.startswith(("n_", "num_"))
        yield source.replace(
            node, f"{source.numpy}.arange({given})" if counts else given
        )


@operator("keras", ast.Call)
def shuffle_in_order(node: ast.Call, source: Source) -> Iterator[Change]:
    """Adds `shuffle=False` where shuffling is the default (diagnosis.md, row 24)."""
    if callee(node) in ("fit", "train_test_split") and not keyword(node, "shuffle"):
        yield source.add_argument(node, "shuffle=False")


@operator("keras", ast.Call)
def drop_validation(node: ast.Call, source: Source) -> Iterator[Change]:
    """Trains without measuring on held-out data: VRM (DeepCrime)."""
    found = keyword(node, "validation_data", "validation_split")
    if found:
        yield source.drop_argument(found)


DATA = (
    *(change_labels, shift_labels, delete_data, unbalance_data, add_noise),
    *(
        overlap_data,
        leak_validation,
        leak_labels,
        leak_split,
        drop_shuffle,
        shuffle_in_order,
    ),
    drop_validation,
)
