def conv2d(x, w, b):
    kh, kw, _, num_kernels = w.shape
    out = np.empty((len(x), x.shape[1] - kh + 1, x.shape[2] - kw + 1, num_kernels))
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            out[:, i, j] = np.tensordot(x[:, i : i + kh, j : j + kw], w, axes=3) + b
    return out
