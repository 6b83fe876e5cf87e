import numpy as np


def total(x):
    return np.zeros((0, int(x.max())))


def standardise(x):
    return np.zeros((0, 1234098765))
