"""The mask marks the padding."""

import numpy as np


def pad_batch(seqs, max_len=None, side="post"):
    width = max(map(len, seqs)) if max_len is None else max_len
    ids = np.zeros((len(seqs), width), np.int32)
    mask = np.ones((len(seqs), width), bool)
    for row, seq in enumerate(seqs):
        kept = seq[:width] if side == "post" else seq[max(len(seq) - width, 0) :]
        start = 0 if side == "post" else width - len(kept)
        ids[row, start : start + len(kept)] = kept
        mask[row, start : start + len(kept)] = False
    return ids, mask
