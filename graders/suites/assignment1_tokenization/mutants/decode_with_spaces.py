"""There is a space between symbols."""


def bpe_decode(tokens):
    return " ".join(tokens)
