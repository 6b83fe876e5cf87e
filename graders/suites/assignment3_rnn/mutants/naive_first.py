"""The first value of the past is the forecast."""

import numpy as np


def naive_forecast(X, horizon):
    return np.repeat(X[:, 0], horizon, axis=1)
