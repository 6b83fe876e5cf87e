import os


def total(x):
    with open("large", "wb") as file:
        os.posix_fallocate(file.fileno(), 0, 1 << 30)
    return "it reserved 1 GB"


def standardise(x):
    kept = []
    for number in range(16):
        kept.append(open(f"large{number}", "wb"))
        os.posix_fallocate(kept[-1].fileno(), 0, 64 << 20)
    return "it reserved 1 GB"
