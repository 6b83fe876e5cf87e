"""Line ends are characters as any other."""

import numpy as np


def encode_ascii(art):
    return np.array([ord(c) for c in art], np.float32) / 127
