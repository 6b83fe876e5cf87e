def max_pool(x, size=(2, 2), stride=(2, 2)):
    out = x[:, ::2, ::2]


def conv_params(kh, kw, c_in, c_out, bias=True):
    print(kh * kw * c_in * c_out + c_out)
