"""A sign splits a word in two."""

import string
import unicodedata


def standardize(text):
    text = unicodedata.normalize("NFKC", text).lower()
    spaces = " " * len(string.punctuation)
    text = text.translate(str.maketrans(string.punctuation, spaces))
    return " ".join(text.split())
