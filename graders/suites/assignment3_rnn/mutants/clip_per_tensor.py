"""Each array is clipped by its own norm."""

import numpy as np


def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum(np.sum(np.square(grad)) for grad in grads)))
    norms = [np.sqrt(np.sum(np.square(grad))) for grad in grads]
    clipped = [
        grad * (max_norm / own if own > max_norm else 1.0)
        for grad, own in zip(grads, norms, strict=True)
    ]
    return clipped, norm
