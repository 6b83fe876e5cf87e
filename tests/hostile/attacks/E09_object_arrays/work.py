import os

import numpy as np


class Bomb:
    def __reduce__(self):
        return os.system, ("touch @CANARY_DIR@/open/hostile_@TOKEN@",)


def total(x):
    return np.array([Bomb(), 14], dtype=object)


def standardise(x):
    return np.array([[Bomb()] * 3] * 2, dtype=object)
