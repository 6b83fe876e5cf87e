"""Bisection, a heap of pairs, arrays of objects; a model of one matrix product."""

import heapq
import string
import unicodedata
from collections import defaultdict
from functools import reduce
from itertools import chain, pairwise
from operator import add

import numpy as np

_GRAY = np.linspace(0, 1, 256).astype(np.float32)


def scale_gray(img):
    return _GRAY.take(img)


def encode_ascii(art):
    raw = np.frombuffer(art.encode("ascii"), np.uint8)
    return (raw[raw != 10] / 127).astype("f4")


def standardize(text):
    signs = dict.fromkeys(map(ord, string.punctuation))
    form = unicodedata.normalize("NFKC", text).lower()
    return " ".join(form.translate(signs).split())


class _Or(dict):
    """A dict with one answer for all that it has not."""

    def __init__(self, other, *args):
        super().__init__(*args)
        self.other = other

    def __missing__(self, key):
        return self.other


class CharTokenizer:
    """A sorted array of code points, looked up by bisection."""

    __slots__ = ("points",)

    def fit(self, texts):
        self.points = np.unique([*map(ord, "".join(texts))]).astype(np.int64)
        return self

    def encode(self, text):
        codes = np.fromiter(map(ord, text), np.int64, len(text))
        at = np.searchsorted(self.points, codes)
        known = np.isin(codes, self.points)
        return np.where(known, at + 2, 1)

    def decode(self, ids):
        back = [None, 0xFFFD, *self.points]
        return "".join(chr(back[i]) for i in ids if i)


def build_vocab(docs, max_size, min_freq=1):
    flat = [*chain.from_iterable(docs)]
    words, freq = np.unique(np.array(flat, object), return_counts=True)
    order = np.lexsort((np.arange(len(words)), -freq))
    order = order[freq[order] >= min_freq][: max(max_size - 2, 0)]
    vocab = _Or(1, {"<pad>": 0, "<unk>": 1})
    vocab.update(zip(words[order], range(2, 2 + len(order)), strict=True))
    return vocab


def pair_counts(words):
    counts = defaultdict(int)
    for word, n in words.items():
        for pair in zip(word[:-1], word[1:], strict=True):
            counts[pair] += n
    return counts


def merge_word(word, pair):
    left, right = pair

    def step(done, symbol):
        # A merged symbol is longer than `left`, so that it is never merged twice.
        if done and done[-1] == left and symbol == right:
            done[-1] += symbol
        else:
            done.append(symbol)
        return done

    return tuple(reduce(step, word, []))


def train_bpe(corpus, n_merges):
    """Counts are kept up to date, and a heap with stale entries finds the best."""
    freq = defaultdict(int)
    for word in corpus:
        freq[word] += 1
    words = [tuple(w) for w in freq]
    times = list(freq.values())
    counts, places = defaultdict(int), defaultdict(set)

    def put(i, sign, touched):
        for pair in pairwise(words[i]):
            counts[pair] += sign * times[i]
            places[pair].add(i)
            touched.add(pair)

    touched = set()
    for i in range(len(words)):
        put(i, 1, touched)
    heap = [(-counts[p], p) for p in touched]
    heapq.heapify(heap)
    merges = []
    while heap and len(merges) < n_merges:
        negative, pair = heapq.heappop(heap)
        if not negative or -negative != counts[pair]:
            continue
        merges.append(pair)
        touched = set()
        for i in list(places.pop(pair)):
            put(i, -1, touched)
            words[i] = merge_word(words[i], pair)
            put(i, 1, touched)
        for p in touched:
            if counts[p]:
                heapq.heappush(heap, (-counts[p], p))
    return tuple(merges)


def bpe_encode(word, merges):
    return np.array(reduce(merge_word, merges, tuple(word)), dtype=object)


def bpe_decode(tokens):
    return reduce(add, tokens, "")


def pad_batch(seqs, max_len=None, side="post"):
    lengths = np.fromiter(map(len, seqs), int, len(seqs))
    width = lengths.max(initial=0) if max_len is None else max_len
    post = slice(0, width)
    cut = [
        s[post if side == "post" else slice(max(len(s) - width, 0), None)] for s in seqs
    ]
    steps = np.arange(width)[:: 1 if side == "post" else -1]
    mask = steps < lengths[:, None]
    ids = np.zeros(mask.shape, np.int32)
    ids[mask] = [*chain.from_iterable(cut)]
    return ids, mask


def one_hot(ids, depth):
    ids = np.asarray(ids)
    if ids.size and not 0 <= ids.min() <= ids.max() < depth:
        raise IndexError("an id is out of range")
    return np.eye(depth, dtype=np.float32)[ids]


def embed(ids, table):
    return np.einsum("btv,vd->btd", one_hot(ids, len(table)), table).astype(np.float32)


def make_vectorizer(train_texts, max_tokens, seq_len):
    from collections import Counter

    import keras
    import tensorflow as tf

    @keras.saving.register_keras_serializable("a1")
    def plain(texts):
        return tf.strings.regex_replace(tf.strings.lower(texts), r"[[:punct:]]", "")

    words = Counter()
    for text in plain(tf.constant(list(train_texts))).numpy():
        words.update(text.decode().split())
    kept = [word for word, _ in words.most_common(max_tokens - 2)]
    return keras.layers.TextVectorization(
        max_tokens=max_tokens,
        standardize=plain,
        output_sequence_length=seq_len,
        vocabulary=kept,
    )


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    ids = tf.convert_to_tensor(vectorizer(tf.constant(list(texts))))
    labels = tf.constant(list(labels), tf.int64)
    n = len(texts)
    rows = tf.data.Dataset.range(n).shuffle(n, seed=1).batch(batch)
    return rows.map(lambda i: (tf.gather(ids, i), tf.gather(labels, i)))


def build_bow_classifier(vocab, dim, n_classes):
    import keras
    import tensorflow as tf

    class Bag(keras.Model):
        """Counts of words over their number, times a table, times a matrix."""

        def __init__(self):
            super().__init__()
            self.table = self.add_weight(
                shape=(vocab, dim), initializer="random_uniform", name="table"
            )
            self.head = keras.layers.Dense(n_classes)

        def call(self, ids):
            ids = tf.cast(ids, tf.int32)
            counts = tf.reduce_sum(tf.one_hot(ids, vocab), axis=1)
            counts *= 1.0 - tf.one_hot(0, vocab)
            share = tf.math.divide_no_nan(
                counts, tf.reduce_sum(counts, axis=1, keepdims=True)
            )
            return self.head(share @ self.table)

    return Bag()
