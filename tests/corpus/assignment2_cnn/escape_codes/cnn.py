CODES = "\x1b]0;title\x07\x1b[2J\x1b[31m\x9b1m\u202e\r\x00"


def output_size(n, k, stride=1, pad=0):
    print(CODES)
    return CODES


def same_padding(n, k, stride=1):
    return type(CODES.replace("\x00", ""), (), {})()


def max_pool(x, size=(2, 2), stride=(2, 2)):
    raise ValueError(CODES)


def conv_params(kh, kw, c_in, c_out, bias=True):
    raise type(CODES.replace("\x00", ""), (Exception,), {})(CODES)
