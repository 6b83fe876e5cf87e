"""The window at the very start is not counted."""


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    return (n + 2 * pad - k) // stride
