def output_size(n, k, stride=1, pad=0):
    del globals()["output_size"]
    return (n + 2 * pad - k) // stride + 1
