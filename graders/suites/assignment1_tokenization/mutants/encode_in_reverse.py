"""The last merge that was learned comes first."""


def bpe_encode(word, merges):
    symbols = tuple(word)
    for pair in reversed(merges):
        symbols = merge_word(symbols, pair)  # noqa: F821
    return list(symbols)
