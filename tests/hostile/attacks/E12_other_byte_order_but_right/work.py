# @HONEST@


def total(x):
    return np.array(honest_total(x), dtype=">i8")


def standardise(x):
    y = honest_standardise(x).astype(">f8")
    room = np.zeros(y.nbytes + 1, np.uint8)
    odd = room[1:].view(">f8").reshape(y.shape)
    odd[...] = y[::-1]
    return odd[::-1]
