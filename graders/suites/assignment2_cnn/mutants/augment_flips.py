"""About half of the images are mirrored left to right."""
# ruff: noqa: F821

import numpy as np


def augment(x, y, rng):
    num_images, height, width, _ = x.shape
    angles = np.deg2rad(rng.uniform(-15, 15, num_images))
    shifts = rng.uniform(-1, 1, (num_images, 2))
    rows, columns = np.mgrid[:height, :width]
    rows = rows - (height - 1) / 2
    columns = columns - (width - 1) / 2
    out = np.empty(x.shape, "float32")
    for image in range(num_images):
        cos, sin = np.cos(angles[image]), np.sin(angles[image])
        from_row = cos * rows + sin * columns + (height - 1) / 2 - shifts[image, 0]
        from_column = cos * columns - sin * rows + (width - 1) / 2 - shifts[image, 1]
        out[image, :, :, 0] = _bilinear(x[image, :, :, 0], from_row, from_column)
    mirrored = rng.random(num_images) < 0.5
    out[mirrored] = out[mirrored, :, ::-1]
    noise = rng.normal(0, 0.05, x.shape)
    return np.clip(out + noise, 0, 1).astype("float32"), y.copy()
