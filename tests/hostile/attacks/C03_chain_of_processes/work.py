# @HONEST@
import os
import time

if os.fork() == 0:
    for _ in range(30):
        try:
            os.setsid()
        except OSError:
            pass
        if os.fork():
            break
    time.sleep(60)
    os._exit(0)
