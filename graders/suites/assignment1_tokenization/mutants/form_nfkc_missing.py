"""Ligatures and wide letters stay."""

import string


def standardize(text):
    text = text.lower().translate(str.maketrans("", "", string.punctuation))
    return " ".join(text.split())
