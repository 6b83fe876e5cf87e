def total(x):
    kind = type(f"In{int(x.max())}Sum{int(x.sum())}", (), {"__module__": f"m{int(x.max())}"})
    return kind()


def standardise(x):
    return {f"{value}": 0 for value in x.ravel().tolist()}
