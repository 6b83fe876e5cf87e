import sys


def total(x):
    module = sys.modules[__name__]
    for name in ("total", "standardise"):
        exec(f"def {name}(x_{int(x.max())}_{int(x.sum())}): return 1 / 0", vars(module))
    del module.total
    return str(x.tolist())


def standardise(x):
    raise ValueError(x.tolist())
