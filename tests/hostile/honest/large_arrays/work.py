import numpy as np


def total(x):
    grid = np.zeros((4_000, 4_000))
    grid[0, : len(x)] = x
    return int(grid.sum())


def standardise(x):
    repeated = np.repeat(x[None], 20_000, axis=0)[:100]
    rows = repeated[-1]
    return (rows - rows.mean(1, keepdims=True)) / rows.std(1, keepdims=True)
