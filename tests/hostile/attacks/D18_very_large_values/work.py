def total(x):
    return 10**1_000_000


def standardise(x):
    return "x" * 100_000_000
