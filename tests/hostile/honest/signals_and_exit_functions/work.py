import atexit
import os
import signal

import numpy as np

seen = []
signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(number))
atexit.register(print, "good bye")


def total(x):
    os.kill(os.getpid(), signal.SIGUSR1)
    signal.signal(signal.SIGALRM, lambda number, frame: seen.append(number))
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    signal.pause()
    return int(np.sum(x)) if len(seen) >= 2 else 0


def standardise(x):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
