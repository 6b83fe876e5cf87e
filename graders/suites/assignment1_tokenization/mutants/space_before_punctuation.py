"""Two spaces are left where a sign stood between them."""

import re
import string
import unicodedata


def standardize(text):
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"\s+", " ", text).strip()
    return text.translate(str.maketrans("", "", string.punctuation))
