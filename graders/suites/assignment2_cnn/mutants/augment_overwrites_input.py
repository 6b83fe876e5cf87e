"""The variations are written over the images that came in."""
# ruff: noqa: F821

import numpy as np


def augment(x, y, rng):
    num_images, height, width, _ = x.shape
    angles = np.deg2rad(rng.uniform(-15, 15, num_images))
    shifts = rng.uniform(-1, 1, (num_images, 2))
    rows, columns = np.mgrid[:height, :width]
    rows = rows - (height - 1) / 2
    columns = columns - (width - 1) / 2
    for image in range(num_images):
        cos, sin = np.cos(angles[image]), np.sin(angles[image])
        from_row = cos * rows + sin * columns + (height - 1) / 2 - shifts[image, 0]
        from_column = cos * columns - sin * rows + (width - 1) / 2 - shifts[image, 1]
        x[image, :, :, 0] = _bilinear(x[image, :, :, 0], from_row, from_column)
    noise = rng.normal(0, 0.05, x.shape)
    x[:] = np.clip(x + noise, 0, 1)
    return x, y.copy()
