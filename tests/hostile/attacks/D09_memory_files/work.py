import os


def total(x):
    fd = os.memfd_create("x")
    for _ in range(2048):
        os.write(fd, b"x" * (1 << 20))
    return "it held 2 GB"


standardise = total
