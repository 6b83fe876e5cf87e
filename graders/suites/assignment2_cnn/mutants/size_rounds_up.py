"""The last step is counted even where the window no longer fits."""


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    return -(-(n + 2 * pad - k) // stride) + 1
