# @HONEST@
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    for _ in range(60):
        time.sleep(1)
    os._exit(0)
