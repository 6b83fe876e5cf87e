import sys

import numpy as np


def total(x):
    print("é" * 10_000, flush=True)
    print("to the other stream", file=sys.stderr)
    return int(np.sum(x))


def standardise(x):
    for row in x:
        print(row, end="\r")
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
