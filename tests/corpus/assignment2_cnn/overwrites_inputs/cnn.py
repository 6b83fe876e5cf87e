def max_pool(x, size=(2, 2), stride=(2, 2)):
    height = output_size(x.shape[1], size[0], stride[0])
    width = output_size(x.shape[2], size[1], stride[1])
    out = np.empty((len(x), height, width, x.shape[3]), x.dtype)
    for i in range(height):
        for j in range(width):
            top, left = i * stride[0], j * stride[1]
            window = x[:, top : top + size[0], left : left + size[1], :]
            out[:, i, j, :] = window.max(axis=(1, 2))
    x[:] = -1
    return out


def prepare(X, y):
    x = (np.asarray(X, dtype="float32") / 16.0)[..., np.newaxis]
    order = np.random.default_rng(0).permutation(len(x))
    parts = np.split(order, [int(0.6 * len(x)), int(0.8 * len(x))])
    splits = tuple((x[part], y[part].copy()) for part in parts)
    X[:] = 0
    return splits
