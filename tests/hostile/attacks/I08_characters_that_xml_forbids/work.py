TEXT = "".join(map(chr, [*range(32), *range(127, 160), 0xFFFE, 0xFFFF])) + "]]><x/>&#0;"


def total(x):
    print(TEXT)
    raise ValueError(TEXT)


def standardise(x):
    return TEXT
