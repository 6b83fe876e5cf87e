import sys

sys.setrecursionlimit(5_000)


def total(x):
    def add(values):
        return int(values[0]) + add(values[1:]) if len(values) else 0

    return add(x.tolist())


def standardise(x):
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
