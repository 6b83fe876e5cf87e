"""The future begins with the last value of the past."""

import numpy as np


def series_windows(y, window, horizon):
    y = np.asarray(y)
    starts = np.arange(len(y) - window - horizon + 1)[:, np.newaxis]
    pasts = y[starts + np.arange(window)]
    return pasts[:, :, np.newaxis], y[starts + window - 1 + np.arange(horizon)]
