def total(x):
    raise ValueError("x" * 100_000_000)


def standardise(x):
    error = None
    for number in range(5_000):
        fresh = ValueError(str(number))
        fresh.__cause__ = error
        error = fresh
    raise error
