import re


def total(x):
    return re.match(r"(a+)+$", "a" * 60 + "b")


def standardise(x):
    return 7 ** (7**11)
