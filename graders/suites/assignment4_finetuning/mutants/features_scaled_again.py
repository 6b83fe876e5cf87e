import numpy as np


def extract_features(base, x):
    """Pixels that are in [0, 1] already are divided once more."""
    x = np.asarray(x)
    if x.min() < 0 or x.max() > 1:
        raise ValueError("pixels must be in [0, 1]")
    return np.asarray(base(x / 16, training=False))
