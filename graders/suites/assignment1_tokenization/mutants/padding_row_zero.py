"""The row of padding is left out."""

import numpy as np


def embed(ids, table):
    return table[ids] * (ids != 0)[..., np.newaxis]
