import numpy as np


def honest_total(x):
    return int(np.sum(x))


def honest_standardise(x):
    centred = x - x.mean(axis=1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=1, keepdims=True))


total, standardise = honest_total, honest_standardise
