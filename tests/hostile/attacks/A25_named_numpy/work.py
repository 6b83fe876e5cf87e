ndarray = generic = object


def total(x):
    return 14.5


def standardise(x):
    return x.tolist()
