class Odd(Exception):
    def __str__(self):
        raise RuntimeError


def max_pool(x, size=(2, 2), stride=(2, 2)):
    raise Odd
