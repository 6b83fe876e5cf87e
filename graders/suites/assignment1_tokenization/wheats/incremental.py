"""Merges that touch only the words they change; a subclassed model."""

import heapq
import string
import unicodedata
from collections import Counter, defaultdict

import numpy as np

TABLE = dict.fromkeys(map(ord, string.punctuation))


def scale_gray(img):
    table = (np.arange(256) / 255).astype(np.float32)
    return table[img]


def encode_ascii(art):
    lines = art.split("\n")
    rows = [np.array([ord(c) for c in line], np.float32) for line in lines]
    return np.concatenate(rows) / np.float32(127)


def standardize(text):
    before = None
    while before != text:
        before = text
        text = unicodedata.normalize("NFKC", text).lower().translate(TABLE)
        text = " ".join(text.split())
    return text


class CharTokenizer:
    def fit(self, texts):
        known = {c for text in texts for c in text}
        self.to_id = defaultdict(lambda: 1)
        self.to_id.update(zip(sorted(known), range(2, len(known) + 2), strict=True))
        self.to_character = {1: "\ufffd", **{i: c for c, i in self.to_id.items()}}
        return self

    def encode(self, text):
        return tuple(self.to_id.get(c, 1) for c in text)

    def decode(self, ids):
        return "".join(self.to_character[i] for i in ids if i)


def build_vocab(docs, max_size, min_freq=1):
    counts = Counter()
    for doc in docs:
        counts.update(doc)
    heap = [(-count, word) for word, count in counts.items()]
    heapq.heapify(heap)
    vocab = {"<pad>": 0, "<unk>": 1}
    while heap and len(vocab) < max_size:
        count, word = heapq.heappop(heap)
        if -count < min_freq:
            break
        vocab[word] = len(vocab)
    return vocab


def pairs_of(word):
    return [(word[i], word[i + 1]) for i in range(len(word) - 1)]


def pair_counts(words):
    counts = defaultdict(int)
    for word, times in words.items():
        for pair in pairs_of(word):
            counts[pair] += times
    return counts


def merge_word(word, pair):
    if len(word) < 2:
        return tuple(word)
    if (word[0], word[1]) == tuple(pair):
        return (word[0] + word[1], *merge_word(word[2:], pair))
    return (word[0], *merge_word(word[1:], pair))


def train_bpe(corpus, n_merges):
    spelled = {}
    times = Counter(corpus)
    counts, places = Counter(), defaultdict(set)
    for word in times:
        spelled[word] = tuple(word)
        for pair in pairs_of(word):
            counts[pair] += times[word]
            places[pair].add(word)
    merges = []
    while len(merges) < n_merges:
        left = [(-count, pair) for pair, count in counts.items() if count > 0]
        if not left:
            break
        best = min(left)[1]
        merges.append(list(best))
        for word in list(places[best]):
            old, new = spelled[word], merge_word(spelled[word], best)
            for pair in pairs_of(old):
                counts[pair] -= times[word]
            for pair in pairs_of(new):
                counts[pair] += times[word]
                places[pair].add(word)
            spelled[word] = new
        del counts[best]
    return merges


def bpe_encode(word, merges):
    rank = {tuple(pair): i for i, pair in enumerate(merges)}
    symbols = list(word)
    while len(symbols) > 1:
        found = [(rank.get(p, len(rank)), i) for i, p in enumerate(pairs_of(symbols))]
        best, i = min(found)
        if best == len(rank):
            break
        symbols[i : i + 2] = [symbols[i] + symbols[i + 1]]
    return symbols


def bpe_decode(tokens):
    return "".join(tokens)


def pad_batch(seqs, max_len=None, side="post"):
    from itertools import zip_longest

    width = max(map(len, seqs)) if max_len is None else max_len
    turned = [list(s) if side == "post" else list(s)[::-1] for s in seqs]
    columns = list(zip_longest(range(width), *(s[:width] for s in turned)))
    cells = [column[1:] for column in columns]
    mask = np.array([[cell is not None for cell in row] for row in cells]).T
    ids = np.array([[cell or 0 for cell in row] for row in cells], np.int32).T
    return [ids, mask] if side == "post" else [ids[:, ::-1], mask[:, ::-1]]


def one_hot(ids, depth):
    ids = np.asarray(ids)
    out = np.zeros((ids.size, depth), dtype=np.float32)
    flat = ids.reshape(-1)
    assert flat.size == 0 or (flat.min() >= 0 and flat.max() < depth), "out of range"
    np.put_along_axis(out, flat[:, None], 1, axis=1)
    return out.reshape((*ids.shape, depth))


def embed(ids, table):
    batch, length = ids.shape
    return table.astype(np.float64).take(ids.ravel(), 0).reshape(batch, length, -1)


def make_vectorizer(train_texts, max_tokens, seq_len):
    import keras

    docs = [standardize(text).split() for text in train_texts]
    words = list(build_vocab(docs, max_tokens))[2:]
    return keras.layers.TextVectorization(
        vocabulary=words, output_sequence_length=seq_len
    )


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    ids = tf.data.Dataset.from_tensor_slices(list(texts)).batch(batch).map(vectorizer)
    numbers = tf.data.Dataset.from_tensor_slices(tf.constant(labels, tf.int32))
    return tf.data.Dataset.zip((ids, numbers.batch(batch))).cache()


def build_bow_classifier(vocab, dim, n_classes):
    import keras

    class Bag(keras.Model):
        def __init__(self):
            super().__init__()
            self.table = keras.layers.Embedding(vocab, dim, mask_zero=True)
            self.head = keras.layers.Dense(n_classes)

        def call(self, ids):
            vectors = self.table(ids)
            words = keras.ops.cast(self.table.compute_mask(ids), vectors.dtype)
            weights = words / keras.ops.sum(words, axis=1, keepdims=True)
            return self.head(keras.ops.einsum("bt,btd->bd", weights, vectors))

    return Bag()
