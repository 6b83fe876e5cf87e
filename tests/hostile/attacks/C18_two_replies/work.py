import os


def total(x):
    return 1 if os.fork() else 2


def standardise(x):
    return x if os.fork() else -x
