def total(x):
    return b"x" * (60 * 1024 * 1024)


def standardise(x):
    return "x" * (60 * 1024 * 1024)
