"""Hidden checks of A1.9: a bag-of-words classifier, trained on the paragraphs."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Asks, Gates, Student, Verdict, check, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment1_tokenization.classifying import (
    Trained,
    topic_classifier,
    train_on_topics,
)
from graders.suites.assignment1_tokenization.data import (
    NUM_IDS,
    NUM_TOPICS,
    prepare_checks,
)
from graders.suites.assignment1_tokenization.forms import named

__all__ = ["prepare_checks", "topic_classifier"]

Rng = np.random.Generator
# Of the differences between texts, how much rounding can make up.
ROUNDING = 1e-3


def asked(trained: Trained, ids: np.ndarray) -> np.ndarray:
    """The logits of some texts; an answer without the right form is all zeros."""
    outputs = trained.model(ids.astype(np.int32), training=False)
    shape = (len(ids), NUM_TOPICS)
    right = not array(outputs, shape, of="The model", axes="B K", kinds="f").what
    return outputs.astype(float) if right else np.zeros(shape)


def some_texts(rng: Rng, length: int) -> np.ndarray:
    """(12, length): ids of known words, none of them padding."""
    return rng.integers(2, NUM_IDS - 1, (12, length))


def differ(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two sets of logits differ by more than rounding."""
    return bool(np.abs(a - b).max() > ROUNDING * float(np.ptp(a, axis=0).max()) + 1e-7)


@check("A1.9", title="Topics are learned")
def topics_are_learned(
    student: Student,
    clean_room: Asks,
    gates: Gates,
    seed: int,
    topic_classifier: Trained,
) -> Finding:
    """Trained with a recipe of the grader, and asked about held-out paragraphs."""

    def measure(run: int) -> float:
        if run == seed:
            return topic_classifier.gain
        return train_on_topics(student, clean_room, run).gain

    return gates["topic_gain"].decide(
        measure,
        fix="Check that the logits depend on the embeddings, and that those can be"
        " trained.",
    )


@check("A1.9", title="Padding counts nothing, wherever it stands")
def padding_counts_nothing(topic_classifier: Trained, rng: Rng) -> Iterator[Finding]:
    """The same texts with padding after, before and between their words."""
    ids = some_texts(rng, 6)
    alone = asked(topic_classifier, ids)
    yield depends_on_ids(alone)
    none = np.zeros((len(ids), 5), ids.dtype)
    for padded in [
        np.hstack([ids, none]),
        np.hstack([none, ids]),
        np.hstack([ids[:, :2], none, ids[:, 2:]]),
    ]:
        yield holds(
            not differ(alone, asked(topic_classifier, padded)),
            "The logits change when padding is added.",
            misconception="padding_in_mean",
        )


@check("A1.9", title="A mean, in which order and length do not count")
def is_a_mean(topic_classifier: Trained, rng: Rng) -> Iterator[Finding]:
    """Words in another order, every word twice, and one word twice."""
    ids = some_texts(rng, 6)
    alone = asked(topic_classifier, ids)
    yield depends_on_ids(alone)
    yield holds(
        not differ(alone, asked(topic_classifier, ids[:, rng.permutation(6)])),
        "The logits change with the order of the words.",
        fix="Average over the words before anything else depends on their places.",
        misconception="order_counts",
    )
    yield holds(
        not differ(alone, asked(topic_classifier, np.hstack([ids, ids]))),
        "The logits change when every word is there twice.",
        misconception="sum_instead_of_mean",
    )
    first, second = ids[:, :1], ids[:, 1:2]
    yield holds(
        differ(
            asked(topic_classifier, np.hstack([first, first, second])),
            asked(topic_classifier, np.hstack([first, second, second])),
        ),
        "The logits do not change when one word is there twice.",
        misconception="largest_instead_of_mean",
    )


@check("A1.9", title="The largest id has a row of its own")
def largest_id(topic_classifier: Trained) -> Finding:
    """Ids go from 0 to V - 1."""
    ids = np.array([[NUM_IDS - 1, 5], [NUM_IDS - 2, 5], [NUM_IDS - 1, 1]])
    try:
        return depends_on_ids(asked(topic_classifier, ids))
    except Verdict as verdict:
        # Where smaller ids were fine, it is the largest one that has no row.
        raise Verdict(named(verdict.finding, "one_id_too_few")) from None


def depends_on_ids(logits: np.ndarray) -> Finding:
    """Different texts have different logits."""
    return holds(
        float(np.ptp(logits, axis=0).max()) > 1e-6,
        "The logits are the same for different texts.",
        fix="Follow one text through the layers, and print what each of them gives.",
    )
