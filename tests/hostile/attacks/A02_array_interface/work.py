import numpy as np


class Shifting:
    def __init__(self, x):
        self.calls, self.x = 0, x

    @property
    def __array_interface__(self):
        raise AttributeError

    def __array__(self, dtype=None, copy=None):
        self.calls += 1
        return np.zeros(self.x.shape) if self.calls > 1 else self.x

    def numpy(self):
        return self.__array__()


Shifting.__module__ = "tensorflow.python.framework.ops"


def total(x):
    return Shifting(x)


def standardise(x):
    return Shifting(x)
