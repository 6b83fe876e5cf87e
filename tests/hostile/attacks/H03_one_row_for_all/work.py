# @HONEST@


def total(x):
    return np.full(x.shape, honest_total(x))


def standardise(x):
    return honest_standardise(x)[:1]
