# @HONEST@
import atexit
import os
import sys


@atexit.register
def forged():
    for fd in range(3, 64):
        try:
            os.write(fd, b"\0\0\0\x05hello")
        except OSError:
            continue


if os.fork() == 0:
    sys.stdout.write("a copy\n")
    os._exit(0)
