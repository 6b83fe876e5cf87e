"""A word counts once, however often it occurs."""

from collections import Counter
from itertools import pairwise


def pair_counts(words):
    return Counter(pair for word in words for pair in pairwise(word))
