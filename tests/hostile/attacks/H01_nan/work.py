import numpy as np


def total(x):
    return float("nan")


def standardise(x):
    return np.full(x.shape, np.nan)
