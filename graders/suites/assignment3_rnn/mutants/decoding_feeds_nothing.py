"""What was written is not fed back."""
# ruff: noqa: F821

import numpy as np


def greedy_decode(model, src, max_len):
    written = np.full((len(src), max_len + 1), PAD)
    written[:, 0] = START
    ended = np.zeros(len(src), bool)
    for t in range(max_len):
        logits = np.asarray(
            model(
                [src, np.where(np.arange(t + 1) == 0, written[:, : t + 1], PAD)],
                training=False,
            )
        )
        best = logits[:, t].argmax(axis=1)
        ended |= best == END
        written[:, t + 1] = np.where(ended, PAD, best)
    return written[:, 1:]
