"""Lists and indices, one small step after the other; a Sequential without Input."""

import string
import unicodedata

import numpy as np


def scale_gray(img):
    height = img.shape[0]
    width = img.shape[1]
    result = np.zeros((height, width), dtype=np.float32)
    for i in range(height):
        for j in range(width):
            result[i, j] = int(img[i, j]) / 255
    return result


def encode_ascii(art):
    numbers = []
    lines = art.split("\n")
    for line in lines:
        for character in line:
            numbers.append(ord(character) / 127)
    return np.array(numbers, dtype="float32")


def standardize(text):
    text = unicodedata.normalize("NFKC", text)
    text = text.lower()
    without = ""
    for character in text:
        if character not in string.punctuation:
            without = without + character
    words = without.split()
    result = " ".join(words)
    return result


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
        for number in ids:
            if number == 0:
                continue
            elif number == 1:
                text = text + "\ufffd"
            else:
                text = text + self.characters[number - 2]
        return text


def build_vocab(docs, max_size, min_freq=1):
    counts = {}
    for doc in docs:
        for word in doc:
            if word in counts:
                counts[word] = counts[word] + 1
            else:
                counts[word] = 1
    # Sorted by word, then by count: sort keeps the order of equal ones.
    words = sorted(counts)
    words.sort(key=lambda w: counts[w], reverse=True)
    vocab = {}
    vocab["<pad>"] = 0
    vocab["<unk>"] = 1
    for word in words:
        if counts[word] < min_freq:
            continue
        if len(vocab) >= max_size:
            break
        vocab[word] = len(vocab)
    return vocab


def pair_counts(words):
    counts = {}
    for word in words:
        how_often = words[word]
        for i in range(len(word) - 1):
            pair = (word[i], word[i + 1])
            if pair not in counts:
                counts[pair] = 0
            counts[pair] = counts[pair] + how_often
    return counts


def merge_word(word, pair):
    left = pair[0]
    right = pair[1]
    result = []
    i = 0
    while i < len(word):
        if i < len(word) - 1 and word[i] == left and word[i + 1] == right:
            result.append(left + right)
            i = i + 2
        else:
            result.append(word[i])
            i = i + 1
    return tuple(result)


def train_bpe(corpus, n_merges):
    all_words = []
    for word in corpus:
        all_words.append(tuple(word))
    merges = []
    for _step in range(n_merges):
        counts = {}
        for word in all_words:
            for i in range(len(word) - 1):
                pair = (word[i], word[i + 1])
                if pair in counts:
                    counts[pair] += 1
                else:
                    counts[pair] = 1
        if len(counts) == 0:
            break
        best_pair = None
        best_count = 0
        for pair in sorted(counts):
            if counts[pair] > best_count:
                best_pair = pair
                best_count = counts[pair]
        merges.append(best_pair)
        new_words = []
        for word in all_words:
            new_words.append(merge_word(word, best_pair))
        all_words = new_words
    return merges


def bpe_encode(word, merges):
    symbols = []
    for character in word:
        symbols.append(character)
    for merge in merges:
        symbols = list(merge_word(tuple(symbols), merge))
    return symbols


def bpe_decode(tokens):
    word = ""
    for token in tokens:
        word = word + token
    return word


def pad_batch(seqs, max_len=None, side="post"):
    if max_len is None:
        max_len = 0
        for seq in seqs:
            if len(seq) > max_len:
                max_len = len(seq)
    all_ids = []
    all_masks = []
    for seq in seqs:
        row = list(seq)
        if side == "post":
            while len(row) > max_len:
                row.pop()
            mask_row = [True] * len(row)
            while len(row) < max_len:
                row.append(0)
                mask_row.append(False)
        else:
            while len(row) > max_len:
                row.pop(0)
            mask_row = [True] * len(row)
            while len(row) < max_len:
                row.insert(0, 0)
                mask_row.insert(0, False)
        all_ids.append(row)
        all_masks.append(mask_row)
    ids = np.array(all_ids, dtype=np.int32).reshape(len(seqs), max_len)
    mask = np.array(all_masks, dtype=bool).reshape(len(seqs), max_len)
    return ids, mask


def one_hot(ids, depth):
    ids = np.array(ids)
    flat = ids.flatten()
    rows = np.zeros((len(flat), depth), dtype=np.float32)
    for i in range(len(flat)):
        number = int(flat[i])
        if number < 0 or number >= depth:
            raise ValueError("id out of range: " + str(number))
        rows[i][number] = 1
    return rows.reshape((*ids.shape, depth))


def embed(ids, table):
    number_of_texts = ids.shape[0]
    length = ids.shape[1]
    dim = table.shape[1]
    result = np.zeros((number_of_texts, length, dim), dtype=np.float32)
    for b in range(number_of_texts):
        for t in range(length):
            result[b, t] = table[ids[b, t]]
    return result


def make_vectorizer(train_texts, max_tokens, seq_len):
    from tensorflow import keras

    vectorizer = keras.layers.TextVectorization(
        max_tokens=max_tokens, output_sequence_length=seq_len
    )
    vectorizer.adapt(train_texts)
    return vectorizer


def text_dataset(texts, labels, vectorizer, batch):
    import tensorflow as tf

    ids = vectorizer(tf.constant(texts))
    labels = np.array(labels)
    dataset = tf.data.Dataset.from_tensor_slices((ids, labels))
    dataset = dataset.batch(batch)
    return dataset


def build_bow_classifier(vocab, dim, n_classes):
    from tensorflow import keras

    model = keras.Sequential()
    model.add(keras.layers.Embedding(vocab, dim, mask_zero=True))
    model.add(keras.layers.GlobalAveragePooling1D())
    model.add(keras.layers.Dense(n_classes))
    return model
