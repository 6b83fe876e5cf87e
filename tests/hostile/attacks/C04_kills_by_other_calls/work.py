# @HONEST@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
TKILL, TGKILL, QUEUE, PIDFD_OPEN, PIDFD_SEND = 200, 234, 129, 434, 424
parent = os.getppid()
if parent > 0:
    info = (ctypes.c_int * 32)(15, 0, -1, 0, parent)
    fd = libc.syscall(PIDFD_OPEN, parent, 0)
    if fd >= 0:
        libc.syscall(PIDFD_SEND, fd, 9, None, 0)
    libc.syscall(TKILL, parent, 9)
    libc.syscall(TGKILL, parent, parent, 9)
    libc.syscall(QUEUE, parent, 15, ctypes.byref(info))
