# @HONEST@
import ctypes
import os
import time

libc = ctypes.CDLL(None)
if os.fork() == 0:
    try:
        os.setsid()
    except OSError:
        pass
    libc.prctl(36, 1)
    libc.prctl(1, 0)
    if os.fork() == 0:
        try:
            os.setsid()
        except OSError:
            pass
    for _ in range(60):
        time.sleep(1)
    os._exit(0)
