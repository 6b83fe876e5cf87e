import queue
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np


def total(x):
    results = queue.Queue()
    halves = np.array_split(x, 2)
    threads = [
        threading.Thread(target=lambda half=half: results.put(int(half.sum())))
        for half in halves
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results.get() + results.get()


def standardise(x):
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda row: (row - row.mean()) / row.std(), x))
    return np.stack(rows)
