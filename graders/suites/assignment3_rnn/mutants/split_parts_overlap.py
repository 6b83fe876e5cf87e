"""The end of the training part is in the validation part again."""

import numpy as np


def split_stream(ids, val_fraction):
    ids = np.asarray(ids)
    end = len(ids) - round(val_fraction * len(ids))
    return ids[: end + 1], ids[end:]
