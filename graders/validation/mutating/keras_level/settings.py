"""Faults in the arguments of a layer: DeepCrime's, and the course's."""

import ast
from collections.abc import Iterator

from graders.validation.mutating.operator import operator
from graders.validation.mutating.reading import callee, keyword, text, truth, words
from graders.validation.mutating.source import Change, Source

_CONVOLUTIONS = words(
    "Conv1D Conv2D Conv3D SeparableConv1D SeparableConv2D Conv1DTranspose "
    "Conv2DTranspose DepthwiseConv1D DepthwiseConv2D"
)
_RECURRENT = words("LSTM GRU SimpleRNN")
_WEIGHTED = _CONVOLUTIONS | {"Dense", "EinsumDense"}
_OTHER_ACTIVATION = {
    **{"relu": "sigmoid", "tanh": "relu", "sigmoid": "tanh", "softmax": "sigmoid"},
    **{"gelu": "sigmoid", "elu": "sigmoid", "leaky_relu": "sigmoid", "silu": "sigmoid"},
    **{"swish": "sigmoid", "selu": "sigmoid", "linear": "relu"},
}
_OTHER_POOLING = (("Max", "Average"), ("max_pool", "average_pool"))


@operator("keras", ast.Call)
def change_activation(node: ast.Call, source: Source) -> Iterator[Change]:
    """Takes another activation: ACH (DeepCrime)."""
    for place in _activations(node):
        name = text(place)
        if name in _OTHER_ACTIVATION:
            yield source.replace(place, f'"{_OTHER_ACTIVATION[name]}"')
    name = callee(node)
    if name == "tanh" and source.segment(node.func) == f"{source.numpy}.tanh":
        given = source.segment(*node.args)
        yield source.replace(node, f"{source.numpy}.maximum({given}, 0)")
        yield source.replace(node, f"1 / (1 + {source.numpy}.exp(-({given})))")
    elif name in _OTHER_ACTIVATION and isinstance(node.func, ast.Attribute):
        end = source.span(node.func)[1]
        yield source.edit(end - len(name), end, _OTHER_ACTIVATION[name])


def _activations(node: ast.Call) -> Iterator[ast.expr]:
    if found := keyword(node, "activation"):
        yield found.value
    elif callee(node) == "Activation" and node.args:
        yield node.args[0]


@operator("keras", ast.Call)
def remove_activation(node: ast.Call, source: Source) -> Iterator[Change]:
    """Leaves a layer linear: ARM (DeepCrime)."""
    if found := keyword(node, "activation"):
        if callee(node) in _RECURRENT:  # without it these have one of their own
            yield source.replace(found.value, "None")
        else:
            yield source.drop_argument(found)
        return
    known = callee(node) in _OTHER_ACTIVATION and isinstance(node.func, ast.Attribute)
    if known and len(node.args) == 1:
        yield source.replace(node, source.segment(node.args[0]))


@operator("keras", ast.Call)
def add_activation(node: ast.Call, source: Source) -> Iterator[Change]:
    """Gives a linear layer an activation: AAL (DeepCrime)."""
    if callee(node) in _WEIGHTED and not keyword(node, "activation"):
        for name in ("relu", "softmax"):
            yield source.add_argument(node, f'activation="{name}"')


@operator("keras", ast.Call)
def add_regularizer(node: ast.Call, source: Source) -> Iterator[Change]:
    """Holds the weights of a layer near zero: RAW (DeepCrime)."""
    if callee(node) in _WEIGHTED and not keyword(node, "kernel_regularizer"):
        yield source.add_argument(node, 'kernel_regularizer="l2"')


@operator("keras", ast.Call)
def change_regularizer(node: ast.Call, source: Source) -> Iterator[Change]:
    """Regularises the weights in another way: RCW (DeepCrime)."""
    if found := keyword(node, "kernel_regularizer"):
        yield source.replace(found.value, '"l2"' if _is_l1(found, source) else '"l1"')


def _is_l1(item: ast.keyword, source: Source) -> bool:
    return "l1" in source.segment(item.value).lower()


@operator("keras", ast.Call)
def remove_regularizer(node: ast.Call, source: Source) -> Iterator[Change]:
    """No longer regularises the weights: RRW (DeepCrime)."""
    if found := keyword(node, "kernel_regularizer"):
        yield source.drop_argument(found)


@operator("keras", ast.Call)
def change_dropout(node: ast.Call, source: Source) -> Iterator[Change]:
    """Drops nearly everything, or nothing: RCD (DeepCrime)."""
    if found := keyword(node, "dropout", "recurrent_dropout"):
        rates = [found.value]
    elif callee(node) in ("Dropout", "SpatialDropout1D", "SpatialDropout2D"):
        named = keyword(node, "rate")
        rates = [named.value] if named else node.args[:1]
    else:
        return
    for rate in rates:
        yield source.replace(rate, "0.95")
        yield source.replace(rate, "0.0")


@operator("keras", ast.Call)
def constant_weights(node: ast.Call, source: Source) -> Iterator[Change]:
    """Starts all weights of a layer at zero or one: WCI (DeepCrime)."""
    found = keyword(node, "kernel_initializer", "embeddings_initializer")
    if found:
        for name in ("zeros", "ones"):
            yield source.replace(found.value, f'"{name}"')
    elif callee(node) in _WEIGHTED | _RECURRENT | {"Embedding"}:
        kind = "embeddings" if callee(node) == "Embedding" else "kernel"
        for name in ("zeros", "ones"):
            yield source.add_argument(node, f'{kind}_initializer="{name}"')


@operator("keras", ast.Call)
def flip_bias(node: ast.Call, source: Source) -> Iterator[Change]:
    """Takes the bias from a layer, or gives it one: WRB and WAB (DeepCrime)."""
    found = keyword(node, "use_bias")
    if found:
        flag = truth(found.value)
        if flag is not None:
            yield source.replace(found.value, str(not flag))
    elif callee(node) in _WEIGHTED | _RECURRENT:
        yield source.add_argument(node, "use_bias=False")


@operator("keras", ast.Call)
def swap_pooling(node: ast.Call, source: Source) -> Iterator[Change]:
    """Takes means where it took maxima, or the reverse (course list)."""
    name = callee(node)
    if "Pool" not in name and "pool" not in name:
        return
    start, end = source.span(node.func)
    for pair in (*_OTHER_POOLING, *(two[::-1] for two in _OTHER_POOLING)):
        new = name.replace(*pair)
        defined_here = start == end - len(name)
        if new != name and not defined_here:
            yield source.edit(end - len(name), end, new)


@operator("keras", ast.Call)
def swap_padding(node: ast.Call, source: Source) -> Iterator[Change]:
    """Pads where it did not, or the reverse; or looks ahead (course list)."""
    others = {"same": "valid", "valid": "same", "causal": "same"}
    others |= {"post": "pre", "pre": "post"}
    for name in ("padding", "truncating"):
        found = keyword(node, name)
        if found and (new := others.get(text(found.value) or "")):
            yield source.replace(found.value, f'"{new}"')


@operator("keras", ast.Call)
def change_strides(node: ast.Call, source: Source) -> Iterator[Change]:
    """Steps further, or by one (course list)."""
    found = keyword(node, "strides")
    name = callee(node).lower()
    if found and ("conv" in name or "pool" in name):
        yield source.drop_argument(found)
        yield source.replace(found.value, "1")
    elif callee(node) in _CONVOLUTIONS:
        yield source.add_argument(node, "strides=2")
    elif "pooling" in name and not name.startswith("global"):
        yield source.add_argument(node, "strides=1")


SETTINGS = (
    *(change_activation, remove_activation, add_activation, add_regularizer),
    *(change_regularizer, remove_regularizer, change_dropout, constant_weights),
    *(flip_bias, swap_pooling, swap_padding, change_strides),
)
