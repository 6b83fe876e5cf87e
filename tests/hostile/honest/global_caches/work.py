import functools

import numpy as np

seen = {}
history = []


@functools.lru_cache(maxsize=None)
def add(values):
    return sum(values)


def total(x):
    history.append(x)
    return seen.setdefault(tuple(x.tolist()), add(tuple(x.tolist())))


def standardise(x):
    history.append(x)
    key = x.tobytes() + str(x.shape).encode()
    if key not in seen:
        seen[key] = (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)
    return seen[key]
