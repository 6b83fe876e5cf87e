import numpy as np


def total(x):
    return np.zeros((0, 10**18))


def standardise(x):
    return np.zeros((2**40, 0, 2**20), dtype=np.int8)
