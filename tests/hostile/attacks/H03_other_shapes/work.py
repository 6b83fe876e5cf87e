# @HONEST@


def total(x):
    return np.array([[honest_total(x)]])


def standardise(x):
    return honest_standardise(x)[None]
