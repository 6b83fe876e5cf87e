import numpy as np


def total(x):
    kept = np.ones(2 << 30, dtype=np.uint8)
    return f"it held {len(kept)}"


def standardise(x):
    kept = []
    while len(kept) < 500:
        kept.append(bytearray(b"x" * (4 << 20)))
    return "it held 2 GB"
