"""Short gradients are made as long as the limit."""

import numpy as np


def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum(np.sum(np.square(grad)) for grad in grads)))
    return [grad * (max_norm / max(norm, 1e-12)) for grad in grads], norm
