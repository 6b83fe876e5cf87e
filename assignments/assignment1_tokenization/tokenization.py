"""Assignment 1: from pictures and text to numbers, and back.

Fill in the body of each function below, in any order, and run

    grade assignment1

Each task says what comes in, what must come out and which shapes they have: H rows
and W columns of an image, B texts in a batch, T ids in a row, V entries of a
vocabulary, D numbers per word, K classes. The handout beside this file has the points
and the limits. You may add your own functions, and use NumPy and Python's own modules;
Keras and TensorFlow only in A1.8 and A1.9, imported inside the functions there, so
that all other tasks are graded within a second or two.
"""

import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

PAD, UNK = 0, 1
Pair = tuple[str, str]
Word = tuple[str, ...]

# --- A1.1 -------------------------------------------------------------------


def scale_gray(img: np.ndarray) -> np.ndarray:
    """Grey values from 0 to 255 as numbers from 0 to 1.

    Args:
        img: (H, W), uint8. An image.

    Returns:
        (H, W), float32: 0 stays 0 and 255 becomes exactly 1, in every image.

    >>> scale_gray(np.array([[0, 255], [255, 0]], np.uint8)).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    # YOUR CODE HERE (A1.1)
    raise NotImplementedError("A1.1 scale_gray: see lesson L12, section 1")
    # END A1.1


def encode_ascii(art: str) -> np.ndarray:
    r"""A drawing made of ASCII characters as numbers: the code of each, over 127.

    Args:
        art: lines of ASCII characters, with "\n" at their ends.

    Returns:
        (n,), float32: the n characters of all lines, spaces included, line after line.
        The "\n" are left out.

    >>> [f"{number:.2f}" for number in encode_ascii("a b\nc")]
    ['0.76', '0.25', '0.77', '0.78']
    """
    # YOUR CODE HERE (A1.1)
    raise NotImplementedError("A1.1 encode_ascii: see lesson L12, section 1")
    # END A1.1


# --- A1.2 -------------------------------------------------------------------


def standardize(text: str) -> str:
    """Text in one form, so that equal words are equal strings.

    In this order, with which ordinary text that is standardized again stays as it is:
    Unicode's form NFKC; lower case (`str.lower`); every character of
    `string.punctuation` removed; every run of white space replaced by one space, and
    none left at the ends. All else stays, digits and accents among it.

    Args:
        text: any text.

    Returns:
        The text in that form.

    >>> standardize("  Hello,\\tKILLER  robot no. 5!\\n")
    'hello killer robot no 5'
    """
    # YOUR CODE HERE (A1.2)
    raise NotImplementedError("A1.2 standardize: see lesson L12, section 2")
    # END A1.2


# --- A1.3 -------------------------------------------------------------------


class CharTokenizer:
    """Characters as ids. 0 is padding, 1 is any unknown character.

    >>> tokenizer = CharTokenizer().fit(["cab", "bb"])
    >>> tokenizer.encode("abcd")
    [2, 3, 4, 1]
    >>> tokenizer.decode([4, 2, 3, 0, 0])
    'cab'
    """

    def fit(self, texts: Sequence[str]) -> "CharTokenizer":
        """Learns the characters of some texts, and of no others.

        Each character that occurs gets an id: 2, 3, 4 and so on, in the order in which
        `sorted` puts them.

        Args:
            texts: a list of texts.

        Returns:
            The tokenizer itself.
        """
        # YOUR CODE HERE (A1.3)
        raise NotImplementedError("A1.3 CharTokenizer.fit: see lesson L12, section 3")
        # END A1.3

    def encode(self, text: str) -> list[int]:
        """One id per character; 1 for a character that was not learned.

        Args:
            text: any text.

        Returns:
            A list of ints, as long as the text.
        """
        # YOUR CODE HERE (A1.3)
        raise NotImplementedError(
            "A1.3 CharTokenizer.encode: see lesson L12, section 3"
        )
        # END A1.3

    def decode(self, ids: Sequence[int]) -> str:
        """The text of some ids. Padding is left out; 1 becomes "\\ufffd".

        Args:
            ids: a list of ints.

        Returns:
            The text.
        """
        # YOUR CODE HERE (A1.3)
        raise NotImplementedError(
            "A1.3 CharTokenizer.decode: see lesson L12, section 3"
        )
        # END A1.3


# --- A1.4 -------------------------------------------------------------------


def build_vocab(
    docs: Iterable[list[str]], max_size: int, min_freq: int = 1
) -> dict[str, int]:
    """Ids of words, the most frequent first.

    Args:
        docs: lists of words.
        max_size: the most entries there may be, "<pad>" and "<unk>" included.
        min_freq: a word must occur this often, in all lists together, to be taken.

    Returns:
        A dict from words to ids. "<pad>" is 0 and "<unk>" is 1; the words follow with
        2, 3 and so on, by falling frequency. Words that are equally frequent are in
        the order in which `sorted` puts them.

    >>> build_vocab([["b", "a"], ["b", "c"]], max_size=4)
    {'<pad>': 0, '<unk>': 1, 'b': 2, 'a': 3}
    """
    # YOUR CODE HERE (A1.4)
    raise NotImplementedError("A1.4 build_vocab: see lesson L12, section 4")
    # END A1.4


# --- A1.5 -------------------------------------------------------------------


def pair_counts(words: dict[Word, int]) -> Counter[Pair]:
    """How often each pair of neighbouring symbols occurs in some words.

    Args:
        words: from a word, as a tuple of symbols, to how often the word occurs.

    Returns:
        From `(left, right)` to the number of times.

    >>> pair_counts({("h", "u", "g"): 10, ("p", "u", "g"): 5})[("u", "g")]
    15
    """
    # YOUR CODE HERE (A1.5)
    raise NotImplementedError("A1.5 pair_counts: see lesson L12, section 5")
    # END A1.5


def merge_word(word: Word, pair: Pair) -> Word:
    """A word in which each occurrence of a pair has become one symbol.

    Args:
        word: a tuple of symbols; a symbol is one character or several.
        pair: `(left, right)`.

    Returns:
        A tuple of symbols. Occurrences are found from left to right, and a symbol
        belongs to one of them at most.

    >>> merge_word(("a", "a", "a"), ("a", "a"))
    ('aa', 'a')
    """
    # YOUR CODE HERE (A1.5)
    raise NotImplementedError("A1.5 merge_word: see lesson L12, section 5")
    # END A1.5


def train_bpe(corpus: list[str], n_merges: int) -> list[Pair]:
    """Learns byte-pair merges: the most frequent pair, again and again.

    Words begin as single characters. After each merge, pairs are counted anew in the
    merged words. A pair never reaches over the end of a word.

    Args:
        corpus: words; one that is there twice counts twice.
        n_merges: how many merges to learn. Fewer, if no pair is left.

    Returns:
        `(left, right)` of each merge, in the order in which they were learned. Of pairs
        that are equally frequent, the one that `sorted` puts first is taken.

    >>> train_bpe(["hug"] * 10 + ["pug"] * 5 + ["bun"] * 4, 2)
    [('u', 'g'), ('h', 'ug')]
    """
    # YOUR CODE HERE (A1.5)
    raise NotImplementedError("A1.5 train_bpe: see lesson L12, section 5")
    # END A1.5


def bpe_encode(word: str, merges: Sequence[Pair]) -> list[str]:
    """A word as symbols: the merges, in the order in which they were learned.

    Args:
        word: one word.
        merges: what `train_bpe` returned.

    Returns:
        A list of symbols.

    >>> bpe_encode("hugs", [("u", "g"), ("h", "ug")])
    ['hug', 's']
    """
    # YOUR CODE HERE (A1.5)
    raise NotImplementedError("A1.5 bpe_encode: see lesson L12, section 5")
    # END A1.5


def bpe_decode(tokens: Sequence[str]) -> str:
    """The word that some symbols stand for.

    Args:
        tokens: a list of symbols.

    Returns:
        The word.

    >>> bpe_decode(["hug", "s"])
    'hugs'
    """
    # YOUR CODE HERE (A1.5)
    raise NotImplementedError("A1.5 bpe_decode: see lesson L12, section 5")
    # END A1.5


# --- A1.6 -------------------------------------------------------------------


def pad_batch(
    seqs: Sequence[Sequence[int]], max_len: int | None = None, side: str = "post"
) -> tuple[np.ndarray, np.ndarray]:
    """Lists of different lengths as one array, and a mask of what is not padding.

    Args:
        seqs: B lists of ids; some may be empty.
        max_len: T. If it is None, the length of the longest list.
        side: "post" pads at the end, and cuts what is too long at the end; "pre" pads
            and cuts at the start.

    Returns:
        `(ids, mask)`, both (B, T): int32, with 0 for padding, and bool, True where an
        id of the list stands.

    >>> ids, mask = pad_batch([[5, 6, 7], [8]], max_len=2)
    >>> ids.tolist(), mask.tolist()
    ([[5, 6], [8, 0]], [[True, True], [True, False]])
    """
    # YOUR CODE HERE (A1.6)
    raise NotImplementedError("A1.6 pad_batch: see lesson L12, section 6")
    # END A1.6


# --- A1.7 -------------------------------------------------------------------


def one_hot(ids: np.ndarray, depth: int) -> np.ndarray:
    """Each id as a row of zeros with a single one.

    Args:
        ids: ints of any shape (...), () included, each from 0 to depth - 1.
        depth: V.

    Returns:
        (..., V), float32.

    Raises:
        ValueError: if an id is below 0, or is `depth` or more. (IndexError will do.)

    >>> one_hot(np.array([1, 0]), 3).tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    """
    # YOUR CODE HERE (A1.7)
    raise NotImplementedError("A1.7 one_hot: see lesson L12, section 7")
    # END A1.7


def embed(ids: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Each id as its row of a table: the same as `one_hot(ids, V) @ table`.

    Args:
        ids: (B, T), ints from 0 to V - 1.
        table: (V, D), float32.

    Returns:
        (B, T, D), float32.

    >>> embed(np.array([[1, 1]]), np.array([[0.5, 1.5], [2.5, 3.5]])).tolist()
    [[[2.5, 3.5], [2.5, 3.5]]]
    """
    # YOUR CODE HERE (A1.7)
    raise NotImplementedError("A1.7 embed: see lesson L12, section 7")
    # END A1.7


# --- A1.8 -------------------------------------------------------------------


def make_vectorizer(train_texts: Sequence[str], max_tokens: int, seq_len: int) -> Any:
    """A Keras layer that turns texts into ids of words.

    0 is padding, 1 an unknown word. Case and punctuation make no difference.

    Args:
        train_texts: the texts to learn the words from; the most frequent are kept.
        max_tokens: the most entries there may be, padding and unknown included.
        seq_len: T. Longer texts are cut at the end, shorter ones padded there.

    Returns:
        A `keras.layers.TextVectorization` that has learned them and gives (B, T) ints
        for a tensor of B texts.
    """
    # YOUR CODE HERE (A1.8)
    raise NotImplementedError("A1.8 make_vectorizer: see lesson L12, section 8")
    # END A1.8


def text_dataset(
    texts: Sequence[str], labels: Sequence[int], vectorizer: Any, batch: int
) -> Any:
    """Texts and their labels as batches of ids and labels.

    Args:
        texts: n texts.
        labels: n ints.
        vectorizer: what `make_vectorizer` returned. It has learned its words and is
            only used here.
        batch: B, the number of texts per batch. The last one may be smaller.

    Returns:
        A `tf.data.Dataset` of pairs, (B, T) ints and (B,) ints. Every text is there
        once, beside its own label, in any order.
    """
    # YOUR CODE HERE (A1.8)
    raise NotImplementedError("A1.8 text_dataset: see lesson L12, section 8")
    # END A1.8


# --- A1.9 -------------------------------------------------------------------


def build_bow_classifier(vocab: int, dim: int, n_classes: int) -> Any:
    """A classifier that averages the vectors of a text's words: a bag of words.

    Args:
        vocab: V. Ids are from 0 to V - 1.
        dim: D, the numbers per word.
        n_classes: K.

    Returns:
        A `keras.Model` from ids (B, T), for any T, to logits (B, K). The mean is over
        the words of a text only: padding, id 0, does not count, wherever it stands.
    """
    # YOUR CODE HERE (A1.9)
    raise NotImplementedError("A1.9 build_bow_classifier: see lesson L12, section 9")
    # END A1.9
