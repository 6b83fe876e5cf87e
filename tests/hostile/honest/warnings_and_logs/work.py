import logging
import sys
import warnings

import numpy as np

logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
log = logging.getLogger("work")
sys.path.insert(0, ".")
sys.path.append("/nowhere")


def total(x):
    warnings.warn("this is slow", RuntimeWarning, stacklevel=2)
    log.info("adding %d values", len(x))
    np.seterr(all="warn")
    return int(np.add.reduce(x))


def standardise(x):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            np.log(-np.ones(1))
        except RuntimeWarning:
            log.exception("as expected")
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
