"""Hidden checks of A3.6 and A3.8: models of text and of padded sequences."""

from collections.abc import Iterator

import numpy as np

from graders.checks import (
    Artifact,
    Asks,
    Gates,
    Student,
    check,
    close,
    fixture,
    holds,
)
from graders.records import Finding
from graders.suites.assignment3_rnn import given
from graders.suites.assignment3_rnn.data import prepare_checks, text
from graders.suites.assignment3_rnn.fixtures import (
    CHARACTERS,
    CLASSES,
    RecallRun,
    TextRun,
    answer,
    char_model,
    classifier,
    recall_run,
    text_run,
)

__all__ = ["prepare_checks", "recall_run", "text_run"]

Rng = np.random.Generator
VOCAB = 11


@fixture
def own_char_model(student: Student, clean_room: Asks, seed: int) -> Artifact:
    """The student's model for 11 characters."""
    return char_model(student, clean_room, seed, shaken=True)


# --- A3.6 -------------------------------------------------------------------


@check("A3.6", title="The outputs are logits")
def char_logits(own_char_model: Artifact, rng: Rng) -> Iterator[Finding]:
    """They add up to 1 neither over the characters nor over the steps."""
    x = rng.integers(0, VOCAB - 1, (6, 7))
    logits = answer(own_char_model.trained(), x, (6, 7, VOCAB), CHARACTERS)
    yield holds(
        not np.allclose(logits.sum(axis=1), 1, atol=1e-3),
        "The outputs of all steps add up to 1.",
        misconception="char_softmax_over_time",
    )
    yield holds(
        not np.allclose(logits.sum(axis=2), 1, atol=1e-3),
        "The outputs of every step add up to 1: they are probabilities.",
        misconception="char_softmax_head",
    )


@check("A3.6", title="No output depends on a later character")
def char_looks_back(own_char_model: Artifact, rng: Rng) -> Iterator[Finding]:
    """Outputs before a change stay as they were; so do those of other rows."""
    model = own_char_model.trained()
    x = rng.integers(0, VOCAB - 1, (4, 8))
    logits = answer(model, x, (4, 8, VOCAB), CHARACTERS)
    for t in (1, 5, 7):
        other = x.copy()
        other[:2, t:] = (x[:2, t:] + 1) % (VOCAB - 1)
        change = np.abs(answer(model, other, (4, 8, VOCAB), CHARACTERS) - logits)
        yield holds(
            float(change[:2, :t].max()) < 1e-5,
            "Outputs depend on characters that come after them.",
            misconception="char_sees_future",
        )
        yield holds(
            float(change[2:].max()) < 1e-5,
            "The outputs of a row depend on other rows, or on earlier calls.",
            fix="Each row is a text of its own, and each call begins anew.",
        )


@check("A3.6", title="Outputs depend on characters long before")
def char_remembers(own_char_model: Artifact, rng: Rng) -> Iterator[Finding]:
    """Another first character changes the output three steps later."""
    model = own_char_model.trained()
    x = rng.integers(0, VOCAB - 1, (8, 4))
    other = x.copy()
    other[:, 0] = (x[:, 0] + 1) % (VOCAB - 1)
    change = answer(model, other, (8, 4, VOCAB), CHARACTERS) - answer(
        model, x, (8, 4, VOCAB), CHARACTERS
    )
    yield holds(
        float(np.abs(change[:, 3]).max()) > 1e-6,
        "An output depends on the last character alone.",
        misconception="char_forgets",
    )


@check("A3.6", title="Every id has an embedding of its own")
def char_knows_ids(own_char_model: Artifact) -> Iterator[Finding]:
    """All ids from 0 to V - 1, each at the start of a row of its own."""
    x = np.stack([np.arange(VOCAB), np.ones(VOCAB, int)], axis=1)
    logits = answer(own_char_model.trained(), x, (VOCAB, 2, VOCAB), CHARACTERS)[:, 0]
    distances = np.abs(logits[:, None] - logits[None]).max(axis=2)
    distances[np.diag_indices(VOCAB)] = np.inf
    yield holds(
        float(distances.min()) > 1e-7,
        "Two different ids give the same outputs.",
        misconception="embedding_too_small",
    )


@check("A3.6", title="It begins without an opinion")
def char_begins_even(
    text_run: TextRun, student: Student, clean_room: Asks, seed: int, gates: Gates
) -> Iterator[Finding]:
    """Before any training, the loss on the course's text is near ln V."""

    def measure(run: int) -> float:
        found = text_run if run == seed else TextRun(student, clean_room, run)
        return abs(found.first_loss - float(np.log(text().vocab)))

    yield gates["first_loss"].decide(measure, misconception="char_starts_loud")


@check("A3.6", title="It learns from the course's own text")
def char_learns(
    text_run: TextRun, student: Student, clean_room: Asks, seed: int, gates: Gates
) -> Iterator[Finding]:
    """Four epochs; judged on paragraphs that it was not trained on."""

    def measure(run: int) -> float:
        found = text_run if run == seed else TextRun(student, clean_room, run)
        return found.gain

    yield gates["text_gain"].decide(
        measure,
        fix="Check that the recurrent layer has as many units as were asked for, and"
        " that the last layer gives logits.",
        misconception=text_run.mistake,
    )


# --- A3.8 -------------------------------------------------------------------


@check("A3.8", title="Padding does not change the output")
def padding_is_not_seen(
    student: Student, clean_room: Asks, rng: Rng, seed: int
) -> Iterator[Finding]:
    """The same sequences and weights, filled up to 8 and to 18 ids."""
    of = "The model of `build_classifier`"
    short = classifier(student, clean_room, seed, max_len=8, shaken=True)
    long = classifier(student, clean_room, seed, max_len=18)
    student.use(given.copy_weights, short.handle, long.handle, of=of)
    x = rng.integers(1, 8, (5, 8))
    x[np.arange(8) >= np.array([8, 3, 5, 1, 7])[:, None]] = 0
    padded = np.pad(x, ((0, 0), (0, 10)))
    wanted = student.apply(short.handle, x, training=False, of=of)
    got = student.apply(long.handle, padded, training=False, of=of)
    yield close(wanted, np.zeros((5, 1)), of=of, axes="B 1", atol=np.inf)
    yield close(got, np.zeros((5, 1)), of=of, axes="B 1", atol=np.inf)
    masks = student.use(given.masks_zero, short.handle, of=of) is True
    yield holds(
        float(np.abs(wanted - got).max()) < 1e-5,
        "More zeros at the end of a sequence change its output.",
        misconception="mask_gets_lost" if masks else "mask_zero_missing",
    )


@check("A3.8", title="Every id has an embedding")
def classifier_knows_ids(
    student: Student, clean_room: Asks, seed: int
) -> Iterator[Finding]:
    """Ids from 1 to V - 1."""
    model = classifier(student, clean_room, seed, shaken=True).trained()
    x = np.zeros((8, 8), int)
    x[:, 0] = np.arange(1, 9)
    logits = answer(model, x, (8, 1), CLASSES)[:, 0]
    distances = np.abs(logits[:, None] - logits[None])
    distances[np.diag_indices(8)] = np.inf
    yield holds(
        float(distances.min()) > 0,
        "Two different ids give the same output.",
        misconception="classifier_embedding_too_small",
    )


@check("A3.8", title="The output is a logit")
def classifier_gives_logits(recall_run: RecallRun) -> Iterator[Finding]:
    """After training, not all outputs lie between 0 and 1."""
    yield holds(
        bool(recall_run.logits.min() < 0 or recall_run.logits.max() > 1),
        "All outputs lie between 0 and 1: they are probabilities.",
        misconception="classifier_sigmoid_head",
    )


@check("A3.8", title="It remembers how a sequence began")
def classifier_remembers(
    recall_run: RecallRun, student: Student, clean_room: Asks, seed: int, gates: Gates
) -> Iterator[Finding]:
    """1,500 sequences of 3 to 8 ids, filled up to 20: which of two ids came first."""

    def measure(run: int) -> float:
        found = recall_run if run == seed else RecallRun(student, clean_room, run)
        return found.accuracy

    yield gates["recall"].decide(
        measure,
        fix="Check that padding is masked and that the recurrent layer gives its last"
        " state to the last layer.",
    )
