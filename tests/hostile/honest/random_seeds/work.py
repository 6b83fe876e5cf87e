import random
import secrets
import uuid

import numpy as np


def total(x):
    random.seed()
    np.random.seed(None)
    order = np.random.default_rng(secrets.randbits(64)).permutation(len(x))
    uuid.uuid4()
    return int(x[order].sum())


def standardise(x):
    np.random.shuffle(list(x))
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
