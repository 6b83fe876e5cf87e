"""The norm after clipping is returned."""

import numpy as np


def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum(np.sum(np.square(grad)) for grad in grads)))
    factor = max_norm / norm if norm > max_norm else 1.0
    return [grad * factor for grad in grads], min(norm, max_norm)
