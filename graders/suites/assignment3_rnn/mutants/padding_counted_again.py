"""The mask is not passed on."""
# ruff: noqa: F821

import numpy as np


def perplexity(logits, targets, mask=None):
    return float(np.exp(nll(logits, targets)))
