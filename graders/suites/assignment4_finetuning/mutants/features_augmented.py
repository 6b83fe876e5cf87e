import numpy as np


def extract_features(base, x):
    """Each image is varied before its features are stored."""
    x = np.asarray(x, "float32")
    if x.min() < 0 or x.max() > 1:
        raise ValueError("pixels must be in [0, 1]")
    noise = np.random.normal(0, 0.05, x.shape).astype("float32")
    return np.asarray(base(np.clip(x + noise, 0, 1), training=False))
