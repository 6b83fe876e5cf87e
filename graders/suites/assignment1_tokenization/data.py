"""The paragraphs of the course, as texts and as ids of words."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from graders.suites import course_data
from graders.suites.assignment1_tokenization import oracle

NUM_TOPICS, NUM_IDS, NUM_WORDS = 5, 800, 32


@dataclass(frozen=True, slots=True)
class Split:
    """Ids (N, T) int32 of the words of each paragraph, labels (N,) int64."""

    ids: np.ndarray
    labels: np.ndarray


@cache
def paragraphs(split: str) -> Split:
    """Paragraphs as ids of words; those of the training set are known.

    The largest id, NUM_IDS - 1, never occurs.
    """
    texts, labels = course_data.load("paragraphs", split)
    words = [oracle.standardize(str(text)).split() for text in texts]
    ids = _vocabulary()
    rows = [[ids.get(word, oracle.UNK) for word in row] for row in words]
    return Split(oracle.pad_batch(rows, NUM_WORDS)[0].astype(np.int32), labels)


def majority_share(split: Split) -> float:
    """Accuracy of always answering the most frequent topic."""
    return float(np.bincount(split.labels).max() / len(split.labels))


def prepare_checks() -> None:
    """Loads what takes a while, so that it is there when it is needed."""
    paragraphs("train")
    paragraphs("test")


def data_sha256() -> str:
    """Names the data: they are made by a versioned rule."""
    return course_data.versions_sha256(["paragraphs"])


@cache
def _vocabulary() -> dict[str, int]:
    texts, _ = course_data.load("paragraphs", "train")
    words = [oracle.standardize(str(text)).split() for text in texts]
    return oracle.build_vocab(words, NUM_IDS - 1)
