import ctypes
import os
import signal


def total(x):
    ctypes.string_at(0)


def standardise(x):
    os.kill(os.getpid(), signal.SIGFPE)
