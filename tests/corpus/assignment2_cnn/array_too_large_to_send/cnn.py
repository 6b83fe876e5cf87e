def max_pool(x, size=(2, 2), stride=(2, 2)):
    return np.zeros(20_000_000)
