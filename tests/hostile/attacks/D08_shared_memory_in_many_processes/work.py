import mmap
import os
import time

SIZE = 600 << 20


def touch():
    memory = mmap.mmap(-1, SIZE)
    page = b"x" * (1 << 20)
    for start in range(0, SIZE, len(page)):
        memory[start : start + len(page)] = page
    time.sleep(30)


def total(x):
    reader, writer = os.pipe()
    for _ in range(4):
        if os.fork() == 0:
            try:
                touch()
            finally:
                os._exit(0)
    time.sleep(1.7)
    return "it held 2.4 GB"


standardise = total
