import os
import struct

import numpy as np


def total(x):
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writer, struct.pack("q", int(np.sum(x))))
        os._exit(0)
    os.close(writer)
    (result,) = struct.unpack("q", os.read(reader, 8))
    os.close(reader)
    os.waitpid(pid, 0)
    return result


def standardise(x):
    pids = []
    for _ in range(3):
        pid = os.fork()
        if pid == 0:
            os._exit(0)
        pids.append(pid)
    for pid in pids:
        os.waitpid(pid, 0)
    return (x - x.mean(axis=1, keepdims=True)) / x.std(axis=1, keepdims=True)
