"""Every number is cut off at the limit by itself."""

import numpy as np


def clip_by_global_norm(grads, max_norm):
    norm = float(np.sqrt(sum(np.sum(np.square(grad)) for grad in grads)))
    return [np.clip(grad, -max_norm, max_norm) for grad in grads], norm
