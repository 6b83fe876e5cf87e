"""Plain loops, lists and dicts; a layer of one's own in a Sequential model."""

import string
import unicodedata

import numpy as np


def scale_gray(img):
    rows, columns = img.shape
    scaled = np.zeros((rows, columns), np.float32)
    for i in range(rows):
        for j in range(columns):
            scaled[i, j] = int(img[i, j]) / 255.0
    return scaled


def encode_ascii(art):
    numbers = []
    for line in art.splitlines():
        for character in line:
            numbers.append(ord(character) / 127)
    return np.array(numbers, dtype="float32")


def standardize(text):
    result = ""
    for character in unicodedata.normalize("NFKC", text).lower():
        if character in string.punctuation:
            continue
        if character.isspace():
            if result and result[-1] != " ":
                result += " "
        else:
            result += character
    return result.rstrip()


class CharTokenizer:
    def __init__(self):
        self.characters = []

    def fit(self, texts):
        self.characters = []
        for text in texts:
            for character in text:
                if character not in self.characters:
                    self.characters.append(character)
        self.characters.sort()
        return self

    def encode(self, text):
        ids = []
        for character in text:
            if character in self.characters:
                ids.append(self.characters.index(character) + 2)
            else:
                ids.append(1)
        return ids

    def decode(self, ids):
        text = ""
        for i in ids:
            if i == 1:
                text += "\ufffd"
            elif i > 1:
                text += self.characters[i - 2]
        return text


def build_vocab(docs, max_size, min_freq=1):
    counts = {}
    for doc in docs:
        for word in doc:
            counts[word] = counts.get(word, 0) + 1
    vocab = {"<pad>": 0, "<unk>": 1}
    while len(vocab) < max_size:
        best = None
        for word in counts:
            if word in vocab or counts[word] < min_freq:
                continue
            if best is None or (-counts[word], word) < (-counts[best], best):
                best = word
        if best is None:
            break
        vocab[best] = len(vocab)
    return vocab


def pair_counts(words):
    counts = {}
    for word in words:
        for i in range(len(word) - 1):
            pair = (word[i], word[i + 1])
            if pair not in counts:
                counts[pair] = 0
            counts[pair] += words[word]
    return counts


def merge_word(word, pair):
    symbols = list(word)
    i = 0
    while i < len(symbols) - 1:
        if symbols[i] == pair[0] and symbols[i + 1] == pair[1]:
            symbols[i : i + 2] = [pair[0] + pair[1]]
        i += 1
    return symbols


def train_bpe(corpus, n_merges):
    words = [list(word) for word in corpus]
    merges = []
    for _ in range(n_merges):
        counts = {}
        for word in words:
            for i in range(len(word) - 1):
                pair = (word[i], word[i + 1])
                counts[pair] = counts.get(pair, 0) + 1
        best = None
        for pair in sorted(counts):
            if best is None or counts[pair] > counts[best]:
                best = pair
        if best is None:
            return merges
        merges.append(best)
        words = [merge_word(word, best) for word in words]
    return merges


def bpe_encode(word, merges):
    symbols = list(word)
    for pair in merges:
        symbols = merge_word(symbols, pair)
    return symbols


def bpe_decode(tokens):
    word = ""
    for token in tokens:
        word += token
    return word


def pad_batch(seqs, max_len=None, side="post"):
    if max_len is None:
        max_len = 0
        for seq in seqs:
            if len(seq) > max_len:
                max_len = len(seq)
    rows, masks = [], []
    for seq in seqs:
        row = list(seq)
        while len(row) > max_len:
            row.pop(-1 if side == "post" else 0)
        mask = [True] * len(row)
        while len(row) < max_len:
            place = len(row) if side == "post" else 0
            row.insert(place, 0)
            mask.insert(place, False)
        rows.append(row)
        masks.append(mask)
    return np.array(rows, dtype=np.int32), np.array(masks, dtype=bool)


def one_hot(ids, depth):
    rows = np.zeros((*ids.shape, depth), np.float32)
    for place in np.ndindex(ids.shape):
        index = int(ids[place])
        if index < 0 or index >= depth:
            raise IndexError(index)
        rows[(*place, index)] = 1
    return rows


def embed(ids, table):
    return np.array([[table[i] for i in row] for row in ids])


def make_vectorizer(train_texts, max_tokens, seq_len):
    import keras

    layer = keras.layers.TextVectorization(
        max_tokens, output_sequence_length=seq_len, name="words"
    )
    layer.adapt(np.array(train_texts))
    return layer


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    def pairs():
        for text, label in zip(texts, labels, strict=True):
            yield vectorizer(tf.constant([text]))[0], int(label)

    length = vectorizer(tf.constant(["a"])).shape[1]
    signature = (
        tf.TensorSpec((length,), tf.int64),
        tf.TensorSpec((), tf.int32),
    )
    return tf.data.Dataset.from_generator(pairs, output_signature=signature).batch(
        batch
    )


def build_bow_classifier(vocab, dim, n_classes):
    import keras

    class MeanOfWords(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.table = keras.layers.Embedding(vocab, dim)

        def call(self, ids):
            words = keras.ops.cast(ids != 0, "float32")
            total = keras.ops.sum(self.table(ids) * words[:, :, None], axis=1)
            number = keras.ops.sum(words, axis=1, keepdims=True)
            return total / keras.ops.maximum(number, 1.0)

    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            MeanOfWords(),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dense(n_classes),
        ]
    )
