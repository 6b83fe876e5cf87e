def max_pool(x, size=(2, 2), stride=(2, 2)):
    return np.concatenate([x, x[0]])
