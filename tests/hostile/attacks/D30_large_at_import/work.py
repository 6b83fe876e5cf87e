kept = [bytearray(b"x" * (1 << 20)) for _ in range(2048)]


def total(x):
    return "it held 2 GB"
