# @HONEST@


def total(x):
    raise ValueError
