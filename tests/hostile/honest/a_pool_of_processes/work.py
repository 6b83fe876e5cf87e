import multiprocessing

import numpy as np


def part(values):
    return int(np.sum(values))


def total(x):
    context = multiprocessing.get_context("fork")
    ends = [context.Pipe(duplex=False) for _ in range(2)]
    halves = np.array_split(x, 2)
    workers = [
        context.Process(target=lambda end=end, half=half: end[1].send(part(half)))
        for end, half in zip(ends, halves, strict=True)
    ]
    for worker in workers:
        worker.start()
    sums = [end[0].recv() for end in ends]
    for worker in workers:
        worker.join()
    return sum(sums)


def standardise(x):
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
