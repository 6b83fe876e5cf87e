"""The decoder is fed what it should say at the same step."""
# ruff: noqa: F821

import numpy as np


def seq2seq_batches(pairs):
    def filled(rows):
        out = np.full((len(rows), max(map(len, rows))), PAD)
        for number, row in enumerate(rows):
            out[number, : len(row)] = row
        return out

    sources = [list(source) for source, _ in pairs]
    targets = [list(target) for _, target in pairs]
    return (
        filled(sources),
        filled([[*target, END] for target in targets]),
        filled([[*target, END] for target in targets]),
    )
