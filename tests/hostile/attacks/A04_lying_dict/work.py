class Endless(dict):
    def items(self):
        while True:
            yield "score", 100

    def keys(self):
        return ["score"]

    def __len__(self):
        return 1


class Growing(tuple):
    def __iter__(self):
        number = 0
        while number < 10_000:
            number += 1
            yield 14

    def __len__(self):
        return 1


def total(x):
    return Endless(score=100)


def standardise(x):
    return Growing((1, 2))
