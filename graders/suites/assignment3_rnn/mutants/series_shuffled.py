"""The windows are shuffled."""

import numpy as np


def series_windows(y, window, horizon):
    y = np.asarray(y)
    starts = np.arange(len(y) - window - horizon + 1)
    starts = np.random.default_rng(0).permutation(starts)[:, np.newaxis]
    pasts = y[starts + np.arange(window)]
    return pasts[:, :, np.newaxis], y[starts + window + np.arange(horizon)]
