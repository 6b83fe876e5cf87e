"""White is 255/256."""

import numpy as np


def scale_gray(img):
    return img.astype(np.float32) / 256
