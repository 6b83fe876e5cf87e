"""From left to right, the longest symbol that was learned."""


def bpe_encode(word, merges):
    known = {left + right for left, right in merges}
    symbols, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start + 1 and word[start:end] not in known:
            end -= 1
        symbols.append(word[start:end])
        start = end
    return symbols
