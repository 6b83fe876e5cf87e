"""A negative id counts from the end."""

import numpy as np


def one_hot(ids, depth):
    return np.eye(depth, dtype=np.float32)[np.asarray(ids)]
