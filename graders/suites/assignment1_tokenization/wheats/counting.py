"""Short functions; the classifier counts words and multiplies with a table."""

import itertools
import string
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

# Keras is imported where it is needed only: see the last three functions.


def scale_gray(img):
    return img.astype("float32") * np.float32(1 / 255)


def encode_ascii(art):
    return np.fromiter((ord(c) for c in "".join(art.splitlines())), "float32") / 127.0


def standardize(text):
    characters = unicodedata.normalize("NFKC", text).lower()
    kept = filter(lambda c: c not in string.punctuation, characters)
    return " ".join("".join(kept).split())


@dataclass
class CharTokenizer:
    known: str = ""
    ids: dict = field(default_factory=dict)

    def fit(self, texts):
        self.known = "".join(sorted(set(itertools.chain.from_iterable(texts))))
        self.ids = dict(zip(self.known, itertools.count(2)))
        return self

    def encode(self, text):
        return [np.int32(self.known.find(c) + 2) if c in self.ids else 1 for c in text]

    def decode(self, ids):
        return "".join(("\0\ufffd" + self.known)[i] for i in ids).replace("\0", "")


def build_vocab(docs, max_size, min_freq=1):
    counts = sorted(Counter(itertools.chain(*docs)).items())
    counts.sort(key=lambda item: item[1], reverse=True)
    words = [word for word, count in counts if count >= min_freq]
    return {w: i for i, w in enumerate(["<pad>", "<unk>", *words][:max_size])}


def pair_counts(words):
    return Counter(
        itertools.chain.from_iterable(
            list(itertools.pairwise(word)) * times for word, times in words.items()
        )
    )


def merge_word(word, pair):
    left, right = pair
    out = []
    rest = iter(word)
    held = next(rest, None)
    for symbol in rest:
        if held == left and symbol == right:
            out.append(left + right)
            held = next(rest, None)
        else:
            out.append(held)
            held = symbol
    return out if held is None else [*out, held]


def train_bpe(corpus, n_merges):
    words = Counter(map(tuple, corpus))
    merges = ()
    for _ in range(n_merges):
        ranked = sorted(pair_counts(words).items(), key=lambda row: (-row[1], row[0]))
        if ranked:
            merges += (ranked[0][0],)
            words = {tuple(merge_word(w, merges[-1])): n for w, n in words.items()}
    return merges


def bpe_encode(word, merges):
    merges = [tuple(pair) for pair in merges]
    symbols = list(word)
    while todo := [p for p in merges if p in itertools.pairwise(symbols)]:
        symbols = merge_word(symbols, todo[0])
    return symbols


def bpe_decode(tokens):
    return "".join(tokens)


def pad_batch(seqs, max_len=None, side="post"):
    width = max_len if max_len is not None else max(map(len, seqs))
    flip = 1 if side == "post" else -1
    ids = np.stack(
        [
            np.pad(np.array(s[::flip][:width], int), (0, max(width - len(s), 0)))[
                ::flip
            ]
            for s in seqs
        ]
    )
    return ids.astype(np.int32), ids > 0


def one_hot(ids, depth):
    if (np.asarray(ids) < 0).any():
        raise IndexError("negative id")
    return np.identity(depth, "float32")[ids]


def embed(ids, table):
    return np.stack([table[row] for row in ids])


def make_vectorizer(train_texts, max_tokens, seq_len):
    import keras

    learned = keras.layers.TextVectorization(max_tokens=max_tokens)
    learned.adapt(train_texts)
    used = keras.layers.TextVectorization(
        max_tokens=max_tokens,
        output_sequence_length=seq_len,
        pad_to_max_tokens=False,
    )
    used.set_vocabulary(learned.get_vocabulary())
    return used


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    pairs = tf.data.Dataset.zip(
        tf.data.Dataset.from_tensor_slices(list(texts)),
        tf.data.Dataset.from_tensor_slices(np.asarray(labels, "int64")),
    )
    encoded = pairs.map(lambda text, label: (vectorizer(text), label))
    return encoded.batch(batch, drop_remainder=False)


def build_bow_classifier(vocab, dim, n_classes):
    import keras

    def shares(ids):
        words = keras.ops.cast(keras.ops.not_equal(ids, 0), "float32")[..., None]
        rows = keras.ops.one_hot(keras.ops.cast(ids, "int32"), vocab)
        counts = keras.ops.sum(rows * words, axis=1)
        return counts / keras.ops.sum(words, axis=1)

    model = keras.Sequential(name="bag_of_words")
    model.add(keras.layers.Input(shape=(None,), dtype="int64"))
    model.add(keras.layers.Lambda(shares, output_shape=(vocab,)))
    model.add(keras.layers.Dense(dim, use_bias=False))
    model.add(keras.layers.Dense(n_classes, activation="linear"))
    return model
