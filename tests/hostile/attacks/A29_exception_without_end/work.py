class Deep(Exception):
    def __str__(self):
        return str(self)


class Number(Exception):
    def __str__(self):
        return 14


def total(x):
    raise Deep


def standardise(x):
    raise Number
