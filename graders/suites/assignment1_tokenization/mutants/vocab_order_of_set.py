"""Equally frequent words are in the order of a set."""

from collections import Counter


def build_vocab(docs, max_size, min_freq=1):
    counts = Counter(word for doc in docs for word in doc)
    words = {word for word in counts if counts[word] >= min_freq}
    words = sorted(words, key=lambda word: -counts[word])
    entries = ["<pad>", "<unk>", *words][:max_size]
    return {word: index for index, word in enumerate(entries)}
