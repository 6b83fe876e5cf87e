import os


def total(x):
    kept = []
    for number in range(20):
        kept.append(open(f"large{number}", "wb", 0))
        os.unlink(f"large{number}")
        for _ in range(50):
            if kept[-1].write(b"x" * (1 << 20)) < 1 << 20:
                raise OSError
    return "it wrote 1 GB"


standardise = total
