import signal


class Interrupt(BaseException):
    pass


def interrupt(*args):
    raise Interrupt


def total(x):
    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.000_5, 0.000_5)
    return 0


standardise = total
