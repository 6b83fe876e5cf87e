"""The mean of the past is the forecast."""

import numpy as np


def naive_forecast(X, horizon):
    return np.repeat(X.mean(axis=1), horizon, axis=1)
