"""Where the total is odd, the extra zero goes before."""


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    num_positions = -(-n // stride)
    total = max((num_positions - 1) * stride + k - n, 0)
    return total - total // 2, total // 2
