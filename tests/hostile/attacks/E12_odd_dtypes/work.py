import numpy as np

turn = iter(range(1000))


def total(x):
    kinds = [
        np.array(14, dtype="M8[s]"),
        np.zeros((), dtype=[(f"f{i}", "i8") for i in range(2000)]),
        np.array("14"),
        np.array(14 + 1j),
        np.void(b"\x0e" * 8),
        np.array(14, dtype=np.longdouble) + 0.5,
    ]
    return kinds[next(turn) % len(kinds)]


def standardise(x):
    return x.astype("c16") if len(x) == 2 else x.astype("m8[s]")
