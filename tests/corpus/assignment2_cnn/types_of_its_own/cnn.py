import enum
import types

import numpy as np


class Positions(int):
    pass


class Padding(list):
    pass


class Kernel(enum.StrEnum):
    IDENTITY = "identity"
    SOBEL_X = "sobel_x"
    SOBEL_Y = "sobel_y"
    BLUR = "blur"
    LAPLACE = "laplace"


def output_size(n, k, stride=1, pad=0):
    return Positions((n + 2 * pad - k) // stride + 1)


def same_padding(n, k, stride=1):
    total = max((-(-n // stride) - 1) * stride + k - n, 0)
    return Padding([total // 2, total - total // 2])


def named_kernels():
    smooth, change = np.array([1.0, 2.0, 1.0]), np.array([-1.0, 0.0, 1.0])
    bend, one = np.array([1.0, -2.0, 1.0]), np.array([0.0, 1.0, 0.0])
    arrays = {
        Kernel.IDENTITY: np.outer(one, one),
        Kernel.SOBEL_X: np.outer(smooth, change),
        Kernel.SOBEL_Y: np.outer(change, smooth),
        Kernel.BLUR: np.outer(smooth, smooth) / 16,
        Kernel.LAPLACE: np.outer(bend, one) + np.outer(one, bend),
    }
    return types.MappingProxyType(arrays)
