"""Letters lose their accents."""

import string
import unicodedata


def standardize(text):
    text = unicodedata.normalize("NFKD", text).lower()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.translate(str.maketrans("", "", string.punctuation))
    return " ".join(text.split())
