"""Ids are taken to begin at 1."""

import numpy as np


def one_hot(ids, depth):
    ids = np.asarray(ids)
    if ids.size and (ids.min() < 0 or ids.max() >= depth):
        raise ValueError("an id is out of range")
    return np.eye(depth, dtype=np.float32)[ids - 1]
