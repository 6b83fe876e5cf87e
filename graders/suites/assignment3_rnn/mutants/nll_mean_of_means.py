"""The mean of each row is taken first, then the mean of those."""

import numpy as np


def nll(logits, targets, mask=None):
    logits = np.asarray(logits, np.float64)
    shifted = logits - logits.max(axis=2, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=2))
    of_targets = np.take_along_axis(shifted, targets[:, :, np.newaxis], axis=2)
    losses = log_sum - of_targets[:, :, 0]
    counted = np.ones(losses.shape, bool) if mask is None else mask.astype(bool)
    return float(
        np.mean([row[on].mean() for row, on in zip(losses, counted, strict=True)])
    )
