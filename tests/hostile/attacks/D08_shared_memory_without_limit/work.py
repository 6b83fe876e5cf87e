import mmap

SIZE = 1600 << 20


def total(x):
    memory = mmap.mmap(-1, SIZE)
    page = b"x" * (1 << 20)
    for start in range(0, SIZE, len(page)):
        memory[start : start + len(page)] = page
    return "it held 1.6 GB"


standardise = total
