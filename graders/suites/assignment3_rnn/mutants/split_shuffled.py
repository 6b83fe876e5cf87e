"""The stream is shuffled before it is split."""

import numpy as np


def split_stream(ids, val_fraction):
    ids = np.random.default_rng(0).permutation(ids)
    end = len(ids) - round(val_fraction * len(ids))
    return ids[:end], ids[end:]
