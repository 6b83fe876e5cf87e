import numpy as np


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    x = np.pad(x, ((0, 0), (1, 1)
    return x
