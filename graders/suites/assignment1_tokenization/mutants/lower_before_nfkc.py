"""NFKC makes capitals after the text was lowered."""

import string
import unicodedata


def standardize(text):
    text = unicodedata.normalize("NFKC", text.lower())
    text = text.translate(str.maketrans("", "", string.punctuation))
    return " ".join(text.split())
