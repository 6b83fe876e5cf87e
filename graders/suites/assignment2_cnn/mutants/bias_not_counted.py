"""The biases are never counted."""


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    return kh * kw * c_in * c_out
