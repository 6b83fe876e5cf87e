def conv_params(kh, kw, c_in, c_out, bias=True):
    return kh * kw * c_in * c_out + (c_out if bias else 0)


def receptive_field(layers):
    field, jump = 1, 1
    for size, stride in layers:
        field += (size - 1) * jump
        jump *= stride
    return field