def total(x):
    return dict.fromkeys(range(1_000_000), 0)


def standardise(x):
    rows = []
    rows.append(rows)
    return rows * 100
