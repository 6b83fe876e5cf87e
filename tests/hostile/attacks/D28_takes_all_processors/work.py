# @HONEST@
import os

for _ in range(6):
    if os.fork() == 0:
        try:
            os.nice(-20)
        except OSError:
            pass
        try:
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
        except OSError:
            pass
        os.closerange(3, 64)
        while True:
            pass
