for number in range(100_000):
    globals()[f"f{number}_" + "x" * 50] = lambda *args: 14


def total(x):
    return 0


standardise = total
