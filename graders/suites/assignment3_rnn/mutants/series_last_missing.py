"""The last window that fits is left out."""

import numpy as np


def series_windows(y, window, horizon):
    y = np.asarray(y)
    starts = np.arange(len(y) - window - horizon)[:, np.newaxis]
    pasts = y[starts + np.arange(window)]
    return pasts[:, :, np.newaxis], y[starts + window + np.arange(horizon)]
