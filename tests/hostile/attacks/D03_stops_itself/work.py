import os
import signal


def total(x):
    os.kill(os.getpid(), signal.SIGSTOP)


def standardise(x):
    signal.pause()
