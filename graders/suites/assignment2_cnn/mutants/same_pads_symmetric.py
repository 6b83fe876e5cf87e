"""Both ends get (k - 1) // 2 zeros, whatever the size and the stride."""


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    pad = (k - 1) // 2
    return pad, pad
