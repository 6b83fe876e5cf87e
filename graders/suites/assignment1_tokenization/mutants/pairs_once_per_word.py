"""A pair that stands in a word twice counts once."""

from collections import Counter
from itertools import pairwise


def pair_counts(words):
    counts = Counter()
    for word, times in words.items():
        for pair in set(pairwise(word)):
            counts[pair] += times
    return counts
