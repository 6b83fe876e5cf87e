"""Equally frequent words are in the order of the documents."""

from collections import Counter


def build_vocab(docs, max_size, min_freq=1):
    counts = Counter(word for doc in docs for word in doc)
    words = [word for word, count in counts.most_common() if count >= min_freq]
    entries = ["<pad>", "<unk>", *words][:max_size]
    return {word: index for index, word in enumerate(entries)}
