import os

NAME = "/dev/shm/hostile_@TOKEN@"


def total(x):
    try:
        with open(NAME, "wb", 0) as file:
            os.unlink(NAME)
            for _ in range(2048):
                if file.write(b"x" * (1 << 20)) < 1 << 20:
                    raise OSError
    except OSError:
        raise ValueError from None
    return "it held 2 GB"


standardise = total
