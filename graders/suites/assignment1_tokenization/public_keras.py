"""Public checks of A1.8 and A1.9: small examples, which a student may read."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Artifact, Asks, Student, check, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment1_tokenization.classifying import DIM, built
from graders.suites.assignment1_tokenization.vectorizing import (
    LESSON,
    SEQ_LEN,
    batches_of,
    given_vectorizer,
    ids_are_right,
    made_vectorizer,
)


@check("A1.8", title="Ids of words, in rows of one length")
def ids_of_lessons(student: Student) -> Iterator[Finding]:
    """Four short texts to learn from; then texts with unknown words in them."""
    vectorizer = made_vectorizer(student, LESSON, 40, SEQ_LEN)
    yield from ids_are_right(
        student,
        vectorizer,
        known=sorted({word for text in LESSON for word in text.split()}),
        texts=["the robot dreams", "from words and numbers the model learns text"],
        seq_len=SEQ_LEN,
    )


@check("A1.8", title="Batches of ids and labels")
def batches_of_pairs(student: Student) -> Iterator[Finding]:
    """Four texts in batches of two, with a vectorizer that is given."""
    labels = np.array([1, 0, 1, 2])
    batches = batches_of(student, list(LESSON), labels, given_vectorizer(student), 2)
    yield holds(
        [len(ids) for ids, _ in batches] == [2, 2],
        "`text_dataset` does not give two batches of two texts each.",
        fix="Use the argument `batch`, and every text once.",
    )


@check("A1.9", title="Logits for texts of any length")
def logits_of_any_length(
    student: Student, clean_room: Asks, seed: int
) -> Iterator[Finding]:
    """Two texts of five ids, then three of nine; a vocabulary of 30, four classes."""
    model: Artifact = built(student, clean_room, seed, 30, 4)
    for shape in [(2, 5), (3, 9)]:
        ids = 1 + np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
        outputs = model.trained()(ids)
        yield array(outputs, (shape[0], 4), of="The model", axes="B K", kinds="f")
        yield holds(
            not np.allclose(outputs.sum(axis=1), 1, atol=1e-4),
            "The outputs of the model add up to 1 for each text.",
            misconception="softmax_at_end",
        )
    ids = np.arange(1, 11, dtype=np.int32).reshape(2, 5)
    slopes = student.gradients(
        model.handle, ids, np.ones((2, 4), np.float32), of="The model"
    )
    yield holds(
        sum(slope.size for slope in slopes[:-1] if slope is not None) >= 30 * DIM,
        "The logits depend on fewer weights than D numbers for each of the V ids.",
        fix="The mean is one of rows of D numbers, and each id has a row of its own.",
    )
