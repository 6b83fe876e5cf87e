import os
import signal


def total(x):
    os.kill(os.getpid(), signal.SIGTRAP if len(x) == 5 else signal.SIGSYS)


def standardise(x):
    os.kill(os.getpid(), signal.SIGXCPU if len(x) == 2 else 64)
