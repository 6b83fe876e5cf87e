"""The logit of the target is taken for its log-probability."""

import numpy as np


def nll(logits, targets, mask=None):
    logits = np.asarray(logits, np.float64)
    losses = -np.take_along_axis(logits, targets[:, :, np.newaxis], axis=2)[:, :, 0]
    counted = np.ones(losses.shape, bool) if mask is None else mask.astype(bool)
    return float(losses[counted].mean())
