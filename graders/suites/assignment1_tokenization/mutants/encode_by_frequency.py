"""The pair that is most frequent in the word comes first."""

from collections import Counter
from itertools import pairwise


def bpe_encode(word, merges):
    symbols = tuple(word)
    while True:
        counts = Counter(pair for pair in pairwise(symbols) if pair in merges)
        if not counts:
            return list(symbols)
        symbols = merge_word(symbols, counts.most_common(1)[0][0])  # noqa: F821
