"""Digits go with the punctuation."""

import string
import unicodedata


def standardize(text):
    text = unicodedata.normalize("NFKC", text).lower()
    text = text.translate(str.maketrans("", "", string.punctuation + string.digits))
    return " ".join(text.split())
