"""The lines are stripped."""

import numpy as np


def encode_ascii(art):
    lines = [line.strip() for line in art.split("\n")]
    return np.array([ord(c) for c in "".join(lines)], np.float32) / 127
