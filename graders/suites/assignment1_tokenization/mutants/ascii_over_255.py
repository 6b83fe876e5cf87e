"""Codes are divided by the largest byte."""

import numpy as np


def encode_ascii(art):
    return np.array([ord(c) for c in art if c != "\n"], np.float32) / 255
