import asyncio
import contextvars
import locale

import numpy as np

scale = contextvars.ContextVar("scale", default=1)


async def part(values):
    await asyncio.sleep(0.001)
    return int(values.sum()) * scale.get()


async def whole(x):
    return sum(await asyncio.gather(*(part(half) for half in np.array_split(x, 3))))


def total(x):
    return asyncio.run(whole(x))


def standardise(x):
    locale.setlocale(locale.LC_ALL, "C.UTF-8")
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
