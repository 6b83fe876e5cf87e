"""The padding is added for one end of the axis only."""


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    return (n + pad - k) // stride + 1
