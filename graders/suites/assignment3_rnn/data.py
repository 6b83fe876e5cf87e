"""What the checks train with: the course's own text, and sequences made by a rule."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from graders.suites import course_data
from graders.suites.assignment3_rnn import oracle

TEXT, TEXT_CHARACTERS, HELD_OUT_CHARACTERS = "paragraphs", 40_000, 6_000
# The recall task: which of two ids came first is forgotten without a mask.
RECALL_LENGTH, RECALL_VOCAB = 20, 10
# The reversal task: PAD, START, END and five symbols.
REVERSAL_VOCAB, REVERSAL_LENGTH = 8, 4


@dataclass(frozen=True, slots=True)
class Text:
    """Two streams of character ids, and what they amount to without a model.

    Args:
        train: (L,) of int, to learn from.
        held_out: (L',) of int, other paragraphs.
        vocab: number of characters V.
        unigram: nats per character of the held-out text, if characters are guessed
            by their frequency in the training text.
    """

    train: np.ndarray
    held_out: np.ndarray
    vocab: int
    unigram: float


@dataclass(frozen=True, slots=True)
class Sequences:
    """Rows of ids, filled up with 0, and a label 0 or 1 for each."""

    x: np.ndarray
    y: np.ndarray


@cache
def text() -> Text:
    """Paragraphs of the course."""
    train = _stream("train")[:TEXT_CHARACTERS]
    held_out = _stream("test")[:HELD_OUT_CHARACTERS]
    characters = sorted(set(train))
    number = {character: index for index, character in enumerate(characters)}
    ids = np.array([number[character] for character in train])
    # A character that the training text lacks is read as a blank.
    blank = number[" "]
    held_ids = np.array([number.get(character, blank) for character in held_out])
    counts = np.bincount(ids, minlength=len(characters))
    log_shares = np.log(counts / counts.sum())
    return Text(ids, held_ids, len(characters), float(-log_shares[held_ids].mean()))


def _stream(split: str) -> str:
    paragraphs, _ = course_data.load(TEXT, split)
    return "\n".join(str(paragraph) for paragraph in paragraphs)


def recall(count: int, rng: np.random.Generator) -> Sequences:
    """Short sequences with much padding; the label tells which id came first."""
    y = rng.integers(0, 2, count)
    lengths = rng.integers(3, 9, count)
    x = rng.integers(3, RECALL_VOCAB, (count, RECALL_LENGTH))
    x[:, 0] = 1 + y
    x[np.arange(RECALL_LENGTH) >= lengths[:, None]] = 0
    return Sequences(x, y)


def reversals(
    count: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`(enc_in, dec_in, dec_out)` of sequences of 1 to 4 symbols and their reverse."""
    pairs = []
    for length in rng.integers(1, REVERSAL_LENGTH + 1, count):
        source = rng.integers(3, REVERSAL_VOCAB, length).tolist()
        pairs.append((source, source[::-1]))
    # One pair of the greatest length, so that the shapes are always the same.
    pairs[0] = ([3] * REVERSAL_LENGTH, [3] * REVERSAL_LENGTH)
    return oracle.seq2seq_batches(pairs)


def prepare_checks() -> None:
    """Loads what takes a while, so that it is there when it is needed."""
    text()


def data_sha256() -> str:
    """Names the text: it is made from a bundled file by a versioned rule."""
    return course_data.versions_sha256([TEXT])
