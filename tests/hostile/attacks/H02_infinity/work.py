import numpy as np


def total(x):
    return float("inf") if len(x) == 5 else 1e308


def standardise(x):
    y = np.full(x.shape, -np.inf)
    y[::2] = 1e308 if len(x) == 2 else 5e-324
    return y
