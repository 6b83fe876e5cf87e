def output_size(n, k, stride=1, pad=0):
        size = n + 2 * pad - k
    return size // stride + 1
