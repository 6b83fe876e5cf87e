"""The second symbol of a pair begins a pair again."""


def merge_word(word, pair):
    merged = []
    for i in range(len(word)):
        if word[i : i + 2] == pair:
            merged.append(word[i] + word[i + 1])
        elif i == 0 or word[i - 1 : i + 1] != pair:
            merged.append(word[i])
    return tuple(merged)
