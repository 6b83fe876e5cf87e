import numpy as np


class Named(np.ndarray):
    name = "result"

    def __array_finalize__(self, other):
        self.name = getattr(other, "name", "result")


def total(x):
    return np.int64(np.sum(x.view(Named)))


def standardise(x):
    masked = np.ma.masked_array(x, mask=False)
    rows = (masked - masked.mean(1, keepdims=True)) / masked.std(1, keepdims=True)
    return np.asarray(rows).view(Named)
