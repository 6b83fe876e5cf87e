"""A kernel is counted as if it had one channel only."""


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    return kh * kw * c_out + (c_out if bias else 0)
