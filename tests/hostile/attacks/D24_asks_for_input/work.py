def total(x):
    return input("how much is it? ")


def standardise(x):
    import getpass

    breakpoint()
    return getpass.getpass()
