"""An id that is out of range becomes a row of zeros."""

import numpy as np


def one_hot(ids, depth):
    return (np.asarray(ids)[..., None] == np.arange(depth)).astype(np.float32)
