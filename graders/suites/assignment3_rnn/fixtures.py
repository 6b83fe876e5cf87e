"""The models that several checks ask, and how they are asked."""

import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graders.checks import Artifact, Asks, Model, Recipe, Student, Verdict, fixture
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment3_rnn import given, oracle
from graders.suites.assignment3_rnn.data import (
    RECALL_LENGTH,
    RECALL_VOCAB,
    REVERSAL_VOCAB,
    recall,
    reversals,
    text,
)
from graders.suites.assignment3_rnn.oracle import END, PAD, START, Array

TEXT_RECIPE = Recipe(epochs=4, learning_rate=1e-2, batch_size=32)
TEXT_EMBED, TEXT_UNITS, TEXT_WINDOW = 24, 64, 20
RECALL_RECIPE = Recipe(epochs=3, learning_rate=1e-2, batch_size=50, loss="binary")
RECALL_UNITS, NUM_RECALLS = 32, 1500
REVERSAL_RECIPE = Recipe(epochs=4, learning_rate=1e-2, batch_size=64)
REVERSAL_EMBED, REVERSAL_UNITS, NUM_REVERSALS = 16, 64, 4000
LOGITS = "B T V"
# What TensorFlow says of an id that an embedding has no row for.
_NO_ROW = re.compile(r"is not in \[0, (\d{1,9})\)")


def char_model(
    student: Student,
    clean_room: Asks,
    seed: int,
    sizes: tuple[int, int, int] = (11, 5, 6),
    cell: str | None = None,
    *,
    shaken: bool = False,
) -> Artifact:
    """The student's `build_char_model` for so many characters, embedding and units.

    Args:
        student: the proxy.
        clean_room: where the model is rebuilt.
        seed: of the call.
        sizes: its first three arguments.
        cell: its last one; None to leave it out.
        shaken: whether all weights get noise, so that no layer is silent.
    """
    with student.seeded(seed):
        handle = student.build_char_model(*sizes, *([cell] if cell else []))
        room = _Room(student, clean_room, "`build_char_model`", seed)
        return room.built(handle, np.zeros((1, 4), np.int32), shaken)


def seq2seq_model(
    student: Student,
    clean_room: Asks,
    seed: int,
    sizes: tuple[int, int, int] = (9, 5, 6),
    *,
    shaken: bool = False,
) -> Artifact:
    """The student's `build_seq2seq` for so many ids, embedding and units."""
    with student.seeded(seed):
        handle = student.build_seq2seq(*sizes)
        example = [np.full((1, 3), 3, np.int32), np.full((1, 4), 1, np.int32)]
        room = _Room(student, clean_room, "`build_seq2seq`", seed)
        return room.built(handle, example, shaken)


def classifier(
    student: Student,
    clean_room: Asks,
    seed: int,
    sizes: tuple[int, int] = (9, 6),
    cell: str = "gru",
    max_len: int = 8,
    *,
    shaken: bool = False,
) -> Artifact:
    """The student's `build_classifier` for so many ids and units."""
    with student.seeded(seed):
        handle = student.build_classifier(*sizes, cell, max_len)
        room = _Room(student, clean_room, "`build_classifier`", seed)
        return room.built(handle, np.ones((1, max_len), np.int32), shaken)


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a model is, and what it is called in findings."""

    student: Student
    clean_room: Asks
    of: str
    seed: int

    def built(
        self, handle: Any, example: Array | list[Array], shaken: bool
    ) -> Artifact:
        """The exported model; one that has no weights yet is called once before."""
        artifact = self._export(handle)
        if artifact.built and not shaken:
            return artifact
        of = f"The model of {self.of}"
        if not artifact.built:
            self.student.apply(handle, example, training=False, of=of)
        if shaken:
            self.student.use(given.shake, handle, of=of)
        return self._export(handle)

    def _export(self, handle: Any) -> Artifact:
        return Artifact(
            self.student, self.clean_room, handle, of=self.of, seed=self.seed
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Misconceptions of a task that errors and shapes give away."""

    no_row: str | None = None
    no_row_after_shift: str | None = None
    no_steps: str | None = None


CHARACTERS = Names(
    no_row="embedding_too_small",
    no_row_after_shift="ids_from_one",
    no_steps="char_last_step_only",
)
CLASSES = Names(no_row="classifier_embedding_too_small")
SEQUENCES = Names()


def answer(
    model: Model, x: Array | list[Array], shape: tuple[int, ...], names: Names
) -> Array:
    """What a model gives at inference, if that is an array of this shape.

    Args:
        model: what is asked.
        x: ids, or two arrays of ids.
        shape: the right shape.
        names: the misconceptions of the task.

    Raises:
        Verdict: if it is not, with the misconception that it gives away.
    """
    try:
        got = model(x, training=False)
    except Verdict as verdict:
        raise Verdict(_explain_ids(verdict, names, shape[-1]), verdict.error) from None
    suspects: list[tuple[str, tuple[int, ...]]] = []
    if names.no_steps is not None:
        suspects = [(names.no_steps, (shape[0], shape[-1]))]
    finding = array(
        got, shape, of="The model", axes=LOGITS, kinds="f", shape_suspects=suspects
    )
    if finding.what:
        raise Verdict(finding)
    return np.asarray(got, np.float64)


def _explain_ids(verdict: Verdict, names: Names, vocab: int) -> Finding:
    """Names the mistake behind messages about ids without a row."""
    told = f"{verdict.finding.what} {verdict.error}"
    found = _NO_ROW.search(told)
    if verdict.finding.misconception or not found:
        return verdict.finding
    has_all_rows = int(found[1]) == vocab
    return replace(
        verdict.finding,
        what="The model has no row of its embedding for an id of the vocabulary.",
        misconception=names.no_row_after_shift if has_all_rows else names.no_row,
    )


class TextRun:
    """One training on the course's text, and what was measured.

    Args:
        seed: of the model and of the training.
    """

    def __init__(self, student: Student, clean_room: Asks, seed: int) -> None:
        data = text()
        sizes = (data.vocab, TEXT_EMBED, TEXT_UNITS)
        model = char_model(student, clean_room, seed, sizes).fresh()
        x, y = oracle.make_windows(data.train, TEXT_WINDOW, TEXT_WINDOW)
        held_x, held_y = oracle.make_windows(data.held_out, TEXT_WINDOW, TEXT_WINDOW)
        shape = (*held_x.shape, data.vocab)
        self.first_loss = oracle.nll(answer(model, held_x, shape, CHARACTERS), held_y)
        model.fit(x, y, TEXT_RECIPE)
        logits = answer(model, held_x, shape, CHARACTERS)
        self.gain = data.unigram - oracle.nll(logits, held_y)
        self.mistake = _bounded(logits)


def _bounded(logits: Array) -> str | None:
    """The misconception behind outputs that stay small after training."""
    if np.abs(logits).max() > 1.0001:
        return None
    if np.allclose(logits.sum(axis=2), 1, atol=1e-3):
        return "char_softmax_head"
    over_time = np.allclose(logits.sum(axis=1), 1, atol=1e-3)
    return "char_softmax_over_time" if over_time else "char_dense_before_time"


@fixture
def text_run(student: Student, clean_room: Asks, seed: int) -> TextRun:
    """The training with the seed of the grading."""
    return TextRun(student, clean_room, seed)


class RecallRun:
    """One training of the recall task."""

    def __init__(self, student: Student, clean_room: Asks, seed: int) -> None:
        rng = np.random.default_rng([seed, 8])
        train, test = recall(NUM_RECALLS, rng), recall(500, rng)
        sizes = (RECALL_VOCAB, RECALL_UNITS)
        artifact = classifier(student, clean_room, seed, sizes, max_len=RECALL_LENGTH)
        model = artifact.fresh()
        model.fit(train.x, train.y[:, None].astype(np.float32), RECALL_RECIPE)
        self.logits = answer(model, test.x, (len(test.x), 1), CLASSES)[:, 0]
        self.accuracy = float(np.mean((self.logits > 0) == test.y))


@fixture
def recall_run(student: Student, clean_room: Asks, seed: int) -> RecallRun:
    """The training with the seed of the grading."""
    return RecallRun(student, clean_room, seed)


def reversal_accuracy(student: Student, clean_room: Asks, seed: int) -> float:
    """Share of right symbols, END included, that a trained model writes by itself."""
    rng = np.random.default_rng([seed, 9])
    enc_in, dec_in, dec_out = reversals(NUM_REVERSALS, rng)
    sources, _, wanted = reversals(300, rng)
    sizes = (REVERSAL_VOCAB, REVERSAL_EMBED, REVERSAL_UNITS)
    model = seq2seq_model(student, clean_room, seed, sizes).fresh()
    model.fit([enc_in, dec_in], dec_out, REVERSAL_RECIPE)
    written = decoded(model, sources, wanted.shape[1], REVERSAL_VOCAB)
    return float(np.mean((written == wanted)[wanted != PAD]))


def decoded(model: Model, sources: Array, num_steps: int, vocab: int) -> Array:
    """(B, T): the likeliest symbol of each step, END included, 0 after it."""
    fed = np.full((len(sources), num_steps + 1), PAD)
    fed[:, 0] = START
    ended = np.zeros(len(sources), bool)
    for t in range(num_steps):
        logits = answer(
            model,
            [sources, fed[:, :num_steps]],
            (len(sources), num_steps, vocab),
            SEQUENCES,
        )
        fed[:, t + 1] = np.where(ended, PAD, logits[:, t].argmax(axis=1))
        ended |= fed[:, t + 1] == END
    return fed[:, 1:]
