def max_pool(x, size=(2, 2), stride=(2, 2)):
    height = (x.shape[1] - size[0]) // stride[0]
    width = (x.shape[2] - size[1]) // stride[1] + 1
    return np.zeros((len(x), height, width, x.shape[3]))
