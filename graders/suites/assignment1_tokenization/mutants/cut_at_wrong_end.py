"""What is too long is cut at the end that is not padded."""

import numpy as np


def pad_batch(seqs, max_len=None, side="post"):
    width = max(map(len, seqs)) if max_len is None else max_len
    ids = np.zeros((len(seqs), width), np.int32)
    mask = np.zeros((len(seqs), width), bool)
    for row, seq in enumerate(seqs):
        kept = seq[max(len(seq) - width, 0) :] if side == "post" else seq[:width]
        start = 0 if side == "post" else width - len(kept)
        ids[row, start : start + len(kept)] = kept
        mask[row, start : start + len(kept)] = True
    return ids, mask
