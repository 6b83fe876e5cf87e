"""Hidden checks of A1.8: texts as ids, and as batches."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from graders.checks import Student, check, failed, holds
from graders.records import Finding
from graders.suites.assignment1_tokenization.text import distinct_words, shuffled
from graders.suites.assignment1_tokenization.vectorizing import (
    LESSON,
    SEQ_LEN,
    batches_of,
    given_ids,
    given_vectorizer,
    ids_are_right,
    ids_of,
    made_vectorizer,
)

Rng = np.random.Generator
KNOWN = sorted({word for text in LESSON for word in text.split()})


@check("A1.8", title="Words of other texts are unknown")
def words_of_training_only(student: Student, rng: Rng) -> Iterator[Finding]:
    """Fresh words to learn, and texts that mix them with words never seen."""
    words = distinct_words(rng, 24)
    known, unknown = words[:16], words[16:]
    train = [" ".join(shuffled(rng, known)[:8]) for _ in range(3)] + [" ".join(known)]
    vectorizer = made_vectorizer(student, train, 100, 5)
    texts = [" ".join(shuffled(rng, known[:3] + unknown[:3])[:n]) for n in (3, 6, 5)]
    yield from ids_are_right(student, vectorizer, known=known, texts=texts, seq_len=5)


@check("A1.8", title="The most frequent words, and no more")
def frequent_words_only(student: Student, rng: Rng) -> Iterator[Finding]:
    """Twelve words, and room for seven of them."""
    words = distinct_words(rng, 12)
    train = [" ".join(words[:n]) for n in range(1, 13)]
    vectorizer = made_vectorizer(student, shuffled(rng, train), 9, 4)
    yield from ids_are_right(
        student, vectorizer, known=words[:7], texts=[" ".join(words[4:7])], seq_len=4
    )
    rest = ids_of(student, vectorizer, words[7:])
    yield holds(
        isinstance(rest, np.ndarray) and rest.tolist() == [[1, 0, 0, 0]] * 5,
        "The vectorizer knows more words than max_tokens leaves room for.",
        misconception="room_for_specials",
    )


@check("A1.8", title="Case and punctuation make no difference")
def case_and_punctuation(student: Student) -> Iterator[Finding]:
    """Learned from plain texts, asked with capitals and signs."""
    vectorizer = made_vectorizer(student, LESSON, 40, SEQ_LEN)
    plain = ids_of(student, vectorizer, ["the robot learns words"])
    dressed = ids_of(student, vectorizer, ["The ROBOT learns, words!"])
    yield holds(
        isinstance(plain, np.ndarray)
        and isinstance(dressed, np.ndarray)
        and plain.tolist() == dressed.tolist(),
        "The vectorizer gives other ids for the same words with capitals and signs.",
        misconception="raw_text",
    )


@check("A1.8", title="Every text once, beside its own label")
def every_text_once(student: Student, rng: Rng) -> Iterator[Finding]:
    """Eleven texts in batches of four; no two texts are alike."""
    vectorizer = given_vectorizer(student)
    texts = [f"{a} {b}" for a, b in zip(KNOWN, KNOWN[::-1], strict=True)]
    texts = shuffled(rng, [*texts, "the the", "the words words"])[:11]
    labels = rng.permutation(11)
    rows = [tuple(row) for row in given_ids(student, vectorizer, texts)]
    want = Counter(zip(rows, labels.tolist(), strict=True))
    batches = batches_of(student, texts, labels, vectorizer, 4)
    got = [
        (tuple(row), label)
        for ids, numbers in batches
        for row, label in zip(ids.tolist(), numbers.tolist(), strict=True)
    ]
    if Counter(got) == want:
        yield holds(
            sorted(len(ids) for ids, _ in batches) == [3, 4, 4],
            "`text_dataset` does not give batches of the size asked for.",
            fix="Use the argument `batch`; only the last batch may be smaller.",
        )
        return
    alone = Counter(row for row, _ in got) == Counter(rows)
    same_labels = sorted(label for _, label in got) == sorted(labels.tolist())
    dropped = len(got) == 8 and not Counter(got) - want
    yield failed(
        "`text_dataset` does not give every text once, beside its own label.",
        fix="Compare the batches of five short texts with the texts, one by one.",
        misconception="labels_shuffled_apart"
        if alone and same_labels
        else "incomplete_batch_dropped"
        if dropped
        else None,
    )


@check("A1.8", title="A data set teaches the vectorizer nothing")
def dataset_learns_nothing(student: Student, rng: Rng) -> Iterator[Finding]:
    """Texts with words that the given vectorizer has never seen."""
    vectorizer = given_vectorizer(student)
    texts = [f"the {word} robot" for word in distinct_words(rng, 6)]
    before = given_ids(student, vectorizer, texts)
    batches = batches_of(student, texts, np.arange(6), vectorizer, 3)
    rows = [row for ids, _ in batches for row in ids.tolist()]
    yield holds(
        rows == before == given_ids(student, vectorizer, texts),
        "A word that only the texts of the data set contain is not unknown any more.",
        misconception="dataset_adapts_again",
    )
