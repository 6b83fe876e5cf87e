"""Faults in models of sequences: masks, causality, states."""

import ast
from collections.abc import Iterator

from graders.validation.mutating.operator import operator
from graders.validation.mutating.reading import callee, keyword, truth
from graders.validation.mutating.source import Change, Source

_RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional")
_MASKS = (
    "mask",
    "attention_mask",
    "query_mask",
    "value_mask",
    "key_mask",
    "padding_mask",
)
_FLAGS = ("use_causal_mask", "is_causal", "causal")


@operator("keras", ast.Call)
def drop_mask(node: ast.Call, source: Source) -> Iterator[Change]:
    """Takes padding for data: MRM (DEForm); diagnosis.md, rows 39 and 40."""
    flag = keyword(node, "mask_zero")
    if flag and truth(flag.value):
        yield source.replace(flag.value, "False")
    if found := keyword(node, *_MASKS):
        yield source.drop_argument(found)
    if callee(node.func) == "Masking" and node.args:
        yield source.replace(node, source.segment(node.args[0]))


@operator("keras", ast.Call)
def drop_causality(node: ast.Call, source: Source) -> Iterator[Change]:
    """Lets each step see the later ones: MCB (DEForm); diagnosis.md, row 41."""
    flag = keyword(node, *_FLAGS)
    if flag and truth(flag.value):
        yield source.replace(flag.value, "False")
    if callee(node) in ("tril", "triu", "band_part") and node.args:
        yield source.replace(node, source.segment(node.args[0]))


@operator("keras", ast.Call)
def swap_return_sequences(node: ast.Call, source: Source) -> Iterator[Change]:
    """Gives every step where the last was asked for, or the reverse (row 38)."""
    found = keyword(node, "return_sequences")
    if found:
        flag = truth(found.value)
        if flag is not None:
            yield source.replace(found.value, str(not flag))
    elif callee(node) in _RECURRENT[:3]:
        yield source.add_argument(node, "return_sequences=True")


@operator("keras", ast.Call)
def swap_return_state(node: ast.Call, source: Source) -> Iterator[Change]:
    """Returns the state or keeps it, against the task (course list)."""
    found = keyword(node, "return_state")
    flag = truth(found.value) if found else None
    if found and flag is not None:
        yield source.replace(found.value, str(not flag))


@operator("keras", ast.Call)
def drop_initial_state(node: ast.Call, source: Source) -> Iterator[Change]:
    """Starts from zeros instead of the state it was given (course list)."""
    if found := keyword(node, "initial_state", "states"):
        yield source.drop_argument(found)


@operator("keras", ast.Call)
def reverse_sequence(node: ast.Call, source: Source) -> Iterator[Change]:
    """Reads a sequence from its end, or no longer does (course list)."""
    found = keyword(node, "go_backwards")
    flag = truth(found.value) if found else None
    if found and flag is not None:
        yield source.replace(found.value, str(not flag))
    elif callee(node) in _RECURRENT[:3]:
        yield source.add_argument(node, "go_backwards=True")


SEQUENCES = (
    *(drop_mask, drop_causality, swap_return_sequences, swap_return_state),
    *(drop_initial_state, reverse_sequence),
)
