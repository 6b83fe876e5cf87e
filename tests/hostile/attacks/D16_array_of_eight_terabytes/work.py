import numpy as np


def total(x):
    return np.broadcast_to(np.float64(0), (10**6, 10**6))


def standardise(x):
    return [np.broadcast_to(np.int8(0), (2**26,)) for _ in range(100)]
