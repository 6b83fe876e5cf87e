# @HONEST@
import os
import time


def swarm():
    for generation in range(40):
        try:
            if os.fork():
                os._exit(0)
        except OSError:
            time.sleep(0.01)
            continue
        try:
            os.setsid()
        except OSError:
            pass
        time.sleep(0.01)
    time.sleep(30)
    os._exit(0)


for _ in range(5):
    if os.fork() == 0:
        swarm()
