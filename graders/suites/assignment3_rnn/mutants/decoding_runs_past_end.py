"""The symbols go on after END."""
# ruff: noqa: F821

import numpy as np


def greedy_decode(model, src, max_len):
    written = np.full((len(src), max_len + 1), PAD)
    written[:, 0] = START
    for t in range(max_len):
        logits = np.asarray(model([src, written[:, : t + 1]], training=False))
        best = logits[:, t].argmax(axis=1)
        written[:, t + 1] = best
    return written[:, 1:]
