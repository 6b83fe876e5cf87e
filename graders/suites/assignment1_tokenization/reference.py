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
    # BEGIN SOLUTION A1.1 | lesson L12, section 1
    return np.asarray(img, np.float32) / 255
    # END SOLUTION


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
    # BEGIN SOLUTION A1.1 | lesson L12, section 1
    return np.array([ord(c) for c in art if c != "\n"], np.float32) / 127
    # END SOLUTION


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
    # BEGIN SOLUTION A1.2 | lesson L12, section 2
    lower = unicodedata.normalize("NFKC", text).lower()
    kept = lower.translate(str.maketrans("", "", string.punctuation))
    return " ".join(kept.split())
    # END SOLUTION


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
        # BEGIN SOLUTION A1.3 | lesson L12, section 3
        known = sorted(set("".join(texts)))
        self.ids = {character: index for index, character in enumerate(known, UNK + 1)}
        return self
        # END SOLUTION

    def encode(self, text: str) -> list[int]:
        """One id per character; 1 for a character that was not learned.

        Args:
            text: any text.

        Returns:
            A list of ints, as long as the text.
        """
        # BEGIN SOLUTION A1.3 | lesson L12, section 3
        return [self.ids.get(character, UNK) for character in text]
        # END SOLUTION

    def decode(self, ids: Sequence[int]) -> str:
        """The text of some ids. Padding is left out; 1 becomes "\\ufffd".

        Args:
            ids: a list of ints.

        Returns:
            The text.
        """
        # BEGIN SOLUTION A1.3 | lesson L12, section 3
        characters = {index: character for character, index in self.ids.items()}
        return "".join(characters.get(i, "\ufffd") for i in ids if i != PAD)
        # END SOLUTION


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
    # BEGIN SOLUTION A1.4 | lesson L12, section 4
    counts = Counter(word for doc in docs for word in doc)
    frequent = [word for word in counts if counts[word] >= min_freq]
    frequent.sort(key=lambda word: (-counts[word], word))
    entries = ["<pad>", "<unk>", *frequent][:max_size]
    return {word: index for index, word in enumerate(entries)}
    # END SOLUTION


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
    # BEGIN SOLUTION A1.5 | lesson L12, section 5
    counts: Counter[Pair] = Counter()
    for word, times in words.items():
        for pair in pairwise(word):
            counts[pair] += times
    return counts
    # END SOLUTION


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
    # BEGIN SOLUTION A1.5 | lesson L12, section 5
    merged: list[str] = []
    i = 0
    while i < len(word):
        if tuple(word[i : i + 2]) == tuple(pair):
            merged.append(word[i] + word[i + 1])
            i += 2
        else:
            merged.append(word[i])
            i += 1
    return tuple(merged)
    # END SOLUTION


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
    # BEGIN SOLUTION A1.5 | lesson L12, section 5
    words = Counter(tuple(word) for word in corpus)
    merges: list[Pair] = []
    while len(merges) < n_merges:
        counts = pair_counts(words)
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        merged: Counter[Word] = Counter()
        for word, times in words.items():
            merged[merge_word(word, best)] += times
        words = merged
    return merges
    # END SOLUTION


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
    # BEGIN SOLUTION A1.5 | lesson L12, section 5
    symbols = tuple(word)
    for pair in merges:
        symbols = merge_word(symbols, pair)
    return list(symbols)
    # END SOLUTION


def bpe_decode(tokens: Sequence[str]) -> str:
    """The word that some symbols stand for.

    Args:
        tokens: a list of symbols.

    Returns:
        The word.

    >>> bpe_decode(["hug", "s"])
    'hugs'
    """
    # BEGIN SOLUTION A1.5 | lesson L12, section 5
    return "".join(tokens)
    # END SOLUTION


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
    # BEGIN SOLUTION A1.6 | lesson L12, section 6
    if max_len is None:
        max_len = max(len(seq) for seq in seqs)
    ids = np.full((len(seqs), max_len), PAD, np.int32)
    mask = np.zeros((len(seqs), max_len), bool)
    for row, seq in enumerate(seqs):
        n = min(len(seq), max_len)
        if side == "post":
            ids[row, :n], mask[row, :n] = seq[:n], True
        else:
            start = max_len - n
            ids[row, start:], mask[row, start:] = seq[len(seq) - n :], True
    return ids, mask
    # END SOLUTION


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
    # BEGIN SOLUTION A1.7 | lesson L12, section 7
    ids = np.asarray(ids)
    if ids.size and (ids.min() < 0 or ids.max() >= depth):
        raise ValueError(f"ids must be from 0 to {depth - 1}")
    return (ids[..., np.newaxis] == np.arange(depth)).astype(np.float32)
    # END SOLUTION


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
    # BEGIN SOLUTION A1.7 | lesson L12, section 7
    return table[ids]
    # END SOLUTION


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
    # BEGIN SOLUTION A1.8 | lesson L12, section 8
    import keras

    vectorizer = keras.layers.TextVectorization(
        max_tokens=max_tokens, output_mode="int", output_sequence_length=seq_len
    )
    vectorizer.adapt(list(train_texts))
    return vectorizer
    # END SOLUTION


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
    # BEGIN SOLUTION A1.8 | lesson L12, section 8
    import tensorflow as tf

    ids = vectorizer(tf.constant(list(texts)))
    pairs = tf.data.Dataset.from_tensor_slices((ids, np.asarray(labels)))
    return pairs.batch(batch)
    # END SOLUTION


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
    # BEGIN SOLUTION A1.9 | lesson L12, section 9
    import keras

    ids = keras.Input((None,), dtype="int32")
    vectors = keras.layers.Embedding(vocab, dim, mask_zero=True)(ids)
    mean = keras.layers.GlobalAveragePooling1D()(vectors)
    return keras.Model(ids, keras.layers.Dense(n_classes)(mean))
    # END SOLUTION
