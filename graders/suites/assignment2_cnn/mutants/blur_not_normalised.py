"""The blur adds nine pixels up instead of averaging them."""

import numpy as np


def named_kernels():
    identity = np.zeros((3, 3))
    identity[1, 1] = 1.0
    sobel_x = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    laplace = np.array([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]])
    return {
        "identity": identity,
        "sobel_x": sobel_x,
        "sobel_y": sobel_x.T,
        "blur": np.ones((3, 3)),
        "laplace": laplace,
    }
