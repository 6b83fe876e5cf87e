"""NFKC makes punctuation after it was removed."""

import string
import unicodedata


def standardize(text):
    text = text.translate(str.maketrans("", "", string.punctuation))
    text = unicodedata.normalize("NFKC", text).lower()
    return " ".join(text.split())
