"""Public checks of the Keras tasks: what goes into each model, and what comes out."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.checks import Asks, Student, check, holds
from graders.records import Finding
from graders.suites.assignment3_rnn.decoding import (
    batches_are_right,
    decoding_is_right,
    script,
)
from graders.suites.assignment3_rnn.fixtures import (
    CHARACTERS,
    CLASSES,
    SEQUENCES,
    answer,
    char_model,
    classifier,
    seq2seq_model,
)

CELLS = ("rnn", "gru", "lstm")


@check("A3.6", title="Logits for every step, from each kind of cell")
def char_shapes(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """11 characters, embeddings of 5, 6 units; 3 rows of 7 ids, then 2 rows of 4."""
    sizes = []
    for cell in CELLS:
        artifact = char_model(student, clean_room, seed, cell=cell)
        for shape in ((3, 7), (2, 4)):
            ids = np.arange(np.prod(shape)).reshape(shape) % 11
            answer(artifact.trained(), ids, (*shape, 11), CHARACTERS)
        sizes.append(artifact.params)
    yield cells_differ(sizes)
    yield holds(
        char_model(student, clean_room, seed).params == sizes[1],
        "Without a kind of cell, `build_char_model` does not build the model of a GRU.",
        fix='Keep the default of the argument: cell="gru".',
    )


def cells_differ(sizes: list[Any]) -> Finding:
    """A GRU has more weights than a simple layer, and an LSTM more than a GRU."""
    return holds(
        sizes[0] < sizes[1] < sizes[2],
        'The models for "rnn", "gru" and "lstm" are not of three kinds.',
        misconception="cell_ignored",
    )


@check("A3.8", title="One logit for each sequence, from each kind of cell")
def classifier_shapes(
    student: Student, clean_room: Asks, seed: int
) -> Iterator[Finding]:
    """9 ids, 6 units; 3 rows of 8 ids, some of them filled up with 0."""
    sizes = []
    x = np.array([[1, 2, 3, 4, 5, 6, 7, 8], [8, 3, 0, 0, 0, 0, 0, 0], [5] * 8])
    for cell in CELLS:
        artifact = classifier(student, clean_room, seed, cell=cell)
        answer(artifact.trained(), x, (3, 1), CLASSES)
        sizes.append(artifact.params)
    sizes_differ = cells_differ(sizes)
    yield holds(
        not sizes_differ.what,
        sizes_differ.what,
        misconception="classifier_ignores_cell",
    )


@check("A3.9", title="Arrays from three small pairs")
def small_batches(student: Student) -> Iterator[Finding]:
    """[3, 4] and [4, 3]; [5] and [5, 5, 5]; [6, 7, 8] and [8]."""
    pairs = [([3, 4], [4, 3]), ([5], [5, 5, 5]), ([6, 7, 8], [8])]
    yield from batches_are_right(student.seq2seq_batches(pairs), pairs)


@check("A3.9", title="Logits for every step of the decoder")
def seq2seq_shapes(student: Student, clean_room: Asks, seed: int) -> Iterator[Finding]:
    """9 ids, embeddings of 5, 6 units; sources and targets of different lengths."""
    artifact = seq2seq_model(student, clean_room, seed)
    for num_rows, num_source, num_target in [(2, 3, 5), (3, 6, 4)]:
        enc_in = np.full((num_rows, num_source), 8)
        dec_in = np.full((num_rows, num_target), 7)
        enc_in[0, -1] = dec_in[0, -1] = 0
        dec_in[:, 0] = 1
        model = artifact.trained()
        answer(model, [enc_in, dec_in], (num_rows, num_target, 9), SEQUENCES)
    yield holds(True, "")


@check("A3.9", title="Decoding with a small model whose weights were chosen")
def small_decoding(student: Student) -> Iterator[Finding]:
    """Two sources, at most four symbols each; the model is in `given.py`."""
    yield from decoding_is_right(student, script(np.random.default_rng(3), 2), 4)
