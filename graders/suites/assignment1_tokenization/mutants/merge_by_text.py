"""Symbols are joined by spaces, and a text is replaced in them."""


def merge_word(word, pair):
    joined = " ".join(word).replace(" ".join(pair), "".join(pair))
    return tuple(joined.split(" "))
