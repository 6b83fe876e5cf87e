def total(x):
    return (((10**99) ** 99) ** 99) ** 99 % 7


def standardise(x):
    return ((("x" * 4096) * 4096) * 4096)[:3]
