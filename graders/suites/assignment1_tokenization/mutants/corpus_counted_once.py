"""A set of words loses how often they occur."""

from collections import Counter


def train_bpe(corpus, n_merges):
    words = Counter(tuple(word) for word in set(corpus))
    merges = []
    while len(merges) < n_merges:
        counts = pair_counts(words)  # noqa: F821
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        merges.append(best)
        merged = Counter()
        for word, times in words.items():
            merged[merge_word(word, best)] += times  # noqa: F821
        words = merged
    return merges
