import os


def total(x):
    os._exit(int(x.max()) % 199 if x.max() > 1_000_000 else 1)


def standardise(x):
    os.kill(os.getpid(), 35 + int(x.shape[0]) % 20)
