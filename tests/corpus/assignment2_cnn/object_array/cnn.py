def max_pool(x, size=(2, 2), stride=(2, 2)):
    return x.astype(object)
