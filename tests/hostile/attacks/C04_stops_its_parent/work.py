# @HONEST@
import os
import signal

for number in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN):
    try:
        if os.getppid() > 0:
            os.kill(os.getppid(), number)
    except OSError:
        pass
