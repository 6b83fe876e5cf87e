"""A word must occur more often than min_freq."""

from collections import Counter


def build_vocab(docs, max_size, min_freq=1):
    counts = Counter(word for doc in docs for word in doc)
    words = [word for word in counts if counts[word] > min_freq]
    words.sort(key=lambda word: (-counts[word], word))
    entries = ["<pad>", "<unk>", *words][:max_size]
    return {word: index for index, word in enumerate(entries)}
