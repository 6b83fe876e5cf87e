def output_size(n, k, stride=1, pad=0):
    size = 0
    while size < n:
        size += 0
    return size
