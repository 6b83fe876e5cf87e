"""NumPy wherever it can be; the classifier is built of operations."""

import functools
import re
import string
import unicodedata

import numpy as np


def scale_gray(img):
    return np.interp(img, [0, 255], [0, 1]).astype("f4")


def encode_ascii(art):
    codes = np.frombuffer(art.replace("\n", "").encode("ascii"), np.uint8)
    return np.divide(codes, 127, dtype=np.float32)


def standardize(text):
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(f"[{re.escape(string.punctuation)}]", "", text)
    return re.sub(r"\s+", " ", text).strip()


class CharTokenizer:
    def fit(self, texts):
        codes = [ord(c) for text in texts for c in text]
        self._codes = np.unique(np.array(codes, np.int64))
        return self

    def encode(self, text):
        codes = np.array([ord(c) for c in text], np.int64)
        places = np.searchsorted(self._codes, codes)
        near = np.minimum(places, len(self._codes) - 1)
        return np.where(self._codes[near] == codes, near + 2, 1)

    def decode(self, ids):
        ids = np.asarray(ids, np.int64)
        table = np.concatenate([[0, 0xFFFD], self._codes])
        return "".join(map(chr, table[ids[ids != 0]].tolist()))


def build_vocab(docs, max_size, min_freq=1):
    flat = np.array([word for doc in docs for word in doc])
    words, counts = np.unique(flat, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    kept = words[order][counts[order] >= min_freq][: max_size - 2]
    return dict(zip(["<pad>", "<unk>", *kept.tolist()], range(max_size), strict=False))


def pair_counts(words):
    lefts = [left for word in words for left in word[:-1]]
    rights = [right for word in words for right in word[1:]]
    times = np.repeat(list(words.values()), [max(len(w) - 1, 0) for w in words])
    if not lefts:
        return {}
    pairs, index = np.unique([lefts, rights], axis=1, return_inverse=True)
    totals = np.bincount(index.ravel(), weights=times).astype(int)
    return dict(zip(zip(*pairs.tolist(), strict=True), totals.tolist(), strict=True))


def merge_word(word, pair):
    # A separator that no symbol contains, at both sides of each of them.
    edge = "\x00"
    text = edge + (edge * 2).join(word) + edge
    found = edge + (edge * 2).join(pair) + edge
    return tuple(text.replace(found, edge + "".join(pair) + edge)[1:-1].split(edge * 2))


def train_bpe(corpus, n_merges):
    unique, counts = np.unique(np.array(corpus), return_counts=True)
    words = {tuple(w): int(n) for w, n in zip(unique.tolist(), counts, strict=True)}
    merges = []
    for _ in range(n_merges):
        found = pair_counts(words)
        if not found:
            break
        most = max(found.values())
        merges.append(min(pair for pair, count in found.items() if count == most))
        words = {merge_word(w, merges[-1]): n for w, n in words.items()}
    return merges


def bpe_encode(word, merges):
    if not word:
        return []
    return list(functools.reduce(merge_word, merges, tuple(word)))


def bpe_decode(tokens):
    return "".join(np.array(tokens, dtype=str).tolist())


def pad_batch(seqs, max_len=None, side="post"):
    lengths = np.array([len(seq) for seq in seqs])
    width = int(lengths.max()) if max_len is None else max_len
    kept = np.minimum(lengths, width)
    places = np.arange(width)[None]
    if side == "post":
        mask = places < kept[:, None]
        flat = [i for seq in seqs for i in seq[:width]]
    else:
        mask = places >= width - kept[:, None]
        flat = [i for seq in seqs for i in seq[::-1][:width][::-1]]
    ids = np.zeros(mask.shape, np.int32)
    ids[mask] = flat
    return ids, mask


def one_hot(ids, depth):
    ids = np.asarray(ids)
    if not np.all((ids >= 0) & (ids < depth)):
        raise ValueError(f"ids must be below {depth}")
    return np.eye(depth, dtype=np.float32)[ids]


def embed(ids, table):
    return one_hot(ids, len(table)) @ table


def make_vectorizer(train_texts, max_tokens, seq_len):
    import tensorflow as tf
    from keras.layers import TextVectorization

    vectorizer = TextVectorization(
        max_tokens=max_tokens,
        standardize="lower_and_strip_punctuation",
        output_mode="int",
        output_sequence_length=seq_len,
    )
    vectorizer.adapt(tf.data.Dataset.from_tensor_slices(list(train_texts)).batch(8))
    return vectorizer


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    pairs = tf.data.Dataset.from_tensor_slices((np.array(texts), np.array(labels)))
    batches = pairs.shuffle(len(texts), seed=1).batch(batch)
    return batches.map(lambda text, label: (vectorizer(text), label)).prefetch(1)


def build_bow_classifier(vocab, dim, n_classes):
    import keras
    from keras import ops

    ids = keras.Input(shape=(None,))
    vectors = keras.layers.Embedding(vocab, dim, embeddings_initializer="normal")(ids)
    words = ops.expand_dims(ops.cast(ops.not_equal(ids, 0), "float32"), -1)
    mean = ops.sum(vectors * words, 1) / ops.maximum(ops.sum(words, 1), 1e-9)
    logits = keras.layers.Dense(n_classes, kernel_initializer="he_normal")(mean)
    return keras.Model(inputs=ids, outputs=logits)
