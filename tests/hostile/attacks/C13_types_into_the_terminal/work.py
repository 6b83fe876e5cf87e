# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def steal():
    fds = [0, 1, 2]
    for name in ("/dev/tty", "/dev/console", "/dev/pts/0", "/dev/tty0"):
        try:
            fds.append(os.open(name, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK))
        except OSError:
            continue
    typed = [fd for fd in fds if libc.ioctl(fd, 0x5412, b" ") == 0]
    return f"typed into {typed}" if typed else ""
