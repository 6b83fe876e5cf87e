def prepare(X, y):
    x = (np.asarray(X) > 8)[..., np.newaxis]
    n = len(x)
    a, b = int(0.6 * n), int(0.8 * n)
    return (x[:a], y[:a]), (x[a:b], y[a:b]), (x[b:], y[b:])
