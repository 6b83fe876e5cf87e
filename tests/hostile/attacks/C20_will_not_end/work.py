# @HONEST@
import atexit
import signal
import sys
import threading
import time


def for_ever():
    while True:
        time.sleep(1)


atexit.register(for_ever)
threading.Thread(target=for_ever).start()
sys.exitfunc = for_ever
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
