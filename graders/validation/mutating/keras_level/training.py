"""Faults in how a model is trained: rates, losses, optimizers, updates."""

import ast
from collections.abc import Iterator

from graders.validation.mutating.operator import operator
from graders.validation.mutating.reading import callee, keyword, text, truth, words
from graders.validation.mutating.source import Change, Source

_OPTIMIZERS = words("SGD Adam AdamW RMSprop Adagrad Adadelta Adamax Nadam Ftrl Lion")
_LOSSES = words(
    "SparseCategoricalCrossentropy CategoricalCrossentropy BinaryCrossentropy "
    "MeanSquaredError MeanAbsoluteError KLDivergence Huber"
)
_OTHER_LOSS = {
    **{"mse": "mae", "mean_squared_error": "mae", "mae": "mse"},
    **{
        "MeanSquaredError": "MeanAbsoluteError",
        "MeanAbsoluteError": "MeanSquaredError",
    },
}
_UPDATES = words("apply_gradients apply assign assign_add assign_sub minimize")


@operator("keras", ast.Call)
def change_batch_size(node: ast.Call, source: Source) -> Iterator[Change]:
    """Makes batches eight times as large: HBS (DeepCrime)."""
    for size in _batch_sizes(node):
        yield source.replace(size, f"8 * {source.segment(size)}")


@operator("keras", ast.Call)
def disable_batching(node: ast.Call, source: Source) -> Iterator[Change]:
    """Puts all data into one batch: HDB (DeepCrime)."""
    for size in _batch_sizes(node):
        yield source.replace(size, "1_000_000")


def _batch_sizes(node: ast.Call) -> Iterator[ast.expr]:
    if found := keyword(node, "batch_size"):
        yield found.value
    elif callee(node) == "batch" and isinstance(node.func, ast.Attribute) and node.args:
        yield node.args[0]


def _is_optimizer(node: ast.Call) -> bool:
    return callee(node) in _OPTIMIZERS


@operator("keras", ast.Call)
def change_learning_rate(node: ast.Call, source: Source) -> Iterator[Change]:
    """Takes a hundred times, or a thousandth of, the learning rate: HLR (DeepCrime)."""
    if not _is_optimizer(node):
        return
    named = keyword(node, "learning_rate")
    rate = named.value if named else node.args[0] if node.args else None
    if rate is None:
        yield source.add_argument(node, "learning_rate=1.0")
        yield source.add_argument(node, "learning_rate=1e-6")
        return
    if isinstance(rate, ast.Constant) and isinstance(rate.value, float | int):
        yield source.replace(rate, f"{rate.value * 100:g}")
        yield source.replace(rate, f"{rate.value / 1000:g}")
    elif isinstance(rate, ast.Name):
        yield source.replace(rate, f"{rate.id} * 100")
        yield source.replace(rate, f"{rate.id} / 1000")


@operator("keras", ast.Call)
def change_epochs(node: ast.Call, source: Source) -> Iterator[Change]:
    """Goes through the data once: HNE (DeepCrime)."""
    named = keyword(node, "epochs") if callee(node) == "fit" else None
    if named:
        yield source.replace(named.value, "1")
    in_loop = callee(node) == "range" and len(node.args) == 1
    if in_loop and "epoch" in source.segment(node.args[0]):
        yield source.replace(node.args[0], "1")


@operator("keras", ast.Call)
def change_patience(node: ast.Call, source: Source) -> Iterator[Change]:
    """Stops at the first epoch without progress, or never: RCP (DeepCrime)."""
    found = keyword(node, "patience")
    if found and callee(node) == "EarlyStopping":
        yield source.replace(found.value, "0")
        yield source.replace(found.value, "1_000")
    best = keyword(node, "restore_best_weights")
    if best and truth(best.value):
        yield source.replace(best.value, "False")


@operator("keras", ast.Call)
def change_loss(node: ast.Call, source: Source) -> Iterator[Change]:
    """Measures another loss: LCH (DeepCrime)."""
    name = callee(node)
    if name in _LOSSES:
        new = _OTHER_LOSS.get(name, "MeanSquaredError")
        prefix = source.segment(node.func).removesuffix(name)
        yield source.replace(node, f"{prefix}{new}()")
    found = keyword(node, "loss")
    given = text(found.value) if found else None
    if found and given:
        yield source.replace(found.value, f'"{_OTHER_LOSS.get(given, "mse")}"')


@operator("keras", ast.Call)
def swap_from_logits(node: ast.Call, source: Source) -> Iterator[Change]:
    """Takes logits for probabilities or the reverse (diagnosis.md, rows 2 and 3)."""
    found = keyword(node, "from_logits")
    if found:
        flag = truth(found.value)
        if flag is not None:
            yield source.replace(found.value, str(not flag))
    elif callee(node).lower().replace("_", "").endswith("crossentropy"):
        yield source.add_argument(node, "from_logits=True")


@operator("keras", ast.Call)
def change_optimizer(node: ast.Call, source: Source) -> Iterator[Change]:
    """Trains with another optimizer: OCH (DeepCrime)."""
    name = callee(node)
    if _is_optimizer(node) and isinstance(node.func, ast.Attribute | ast.Name):
        end = source.span(node.func)[1]
        new = "Adam" if name == "SGD" else "SGD"
        yield source.edit(end - len(name), end, new)
    found = keyword(node, "optimizer")
    given = text(found.value) if found else None
    if found and given:
        yield source.replace(found.value, '"adam"' if given == "sgd" else '"sgd"')


@operator("keras", ast.Call)
def change_clipping(node: ast.Call, source: Source) -> Iterator[Change]:
    """Clips the gradients to almost nothing, or no longer: OCG (DeepCrime)."""
    if _is_optimizer(node):
        found = keyword(node, "clipnorm", "clipvalue", "global_clipnorm")
        if found:
            yield source.drop_argument(found)
            yield source.replace(found.value, "1e-9")
        else:
            yield source.add_argument(node, "clipvalue=1e-9")


@operator("keras", ast.Call)
def reuse_optimizer(node: ast.Call, source: Source) -> Iterator[Change]:
    """Takes the optimizer of an earlier training again (course list)."""
    if _is_optimizer(node):
        again = f'globals().setdefault("OPTIMIZER", {source.segment(node)})'
        yield source.replace(node, again)


@operator("keras", ast.Expr)
def skip_update(node: ast.Expr, source: Source) -> Iterator[Change]:
    """Computes gradients or values and never applies them (diagnosis.md, row 58)."""
    call = node.value
    if callee(call) in _UPDATES:
        yield source.drop_statement(node)


@operator("keras", ast.Call)
def change_assignment(node: ast.Call, source: Source) -> Iterator[Change]:
    """Overwrites a variable it should add to, or takes away (course list)."""
    others = {"assign_add": ("assign", "assign_sub"), "assign_sub": ("assign_add",)}
    name = callee(node)
    for new in others.get(name, ()):
        end = source.span(node.func)[1]
        yield source.edit(end - len(name), end, new)


@operator("keras", ast.Call)
def flip_training(node: ast.Call, source: Source) -> Iterator[Change]:
    """Runs a layer in the wrong mode, or does not tell it (diagnosis.md, row 58)."""
    found = keyword(node, "training")
    if found:
        flag = truth(found.value)
        yield source.replace(found.value, "True" if flag is None else str(not flag))
        yield source.drop_argument(found)


@operator("keras", ast.Assign)
def flip_trainable(node: ast.Assign, source: Source) -> Iterator[Change]:
    """Unfreezes what should stay, or freezes what should learn (row 57)."""
    target, flag = node.targets[0], truth(node.value)
    if isinstance(target, ast.Attribute) and target.attr == "trainable":
        if flag is not None:
            yield source.replace(node.value, str(not flag))
        yield source.drop_statement(node)


@operator("keras", ast.Call)
def flip_trainable_argument(node: ast.Call, source: Source) -> Iterator[Change]:
    """Makes a layer that learns, or does not, against the task (row 57)."""
    found = keyword(node, "trainable")
    flag = truth(found.value) if found else None
    if found and flag is not None:
        yield source.replace(found.value, str(not flag))


TRAINING = (
    *(change_batch_size, disable_batching, change_learning_rate, change_epochs),
    *(change_patience, change_loss, swap_from_logits, change_optimizer),
    *(change_clipping, reuse_optimizer, skip_update, change_assignment),
    *(flip_training, flip_trainable, flip_trainable_argument),
)
