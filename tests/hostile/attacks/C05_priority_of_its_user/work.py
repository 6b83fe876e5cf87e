# @HONEST@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
IOPRIO_SET, WHO_USER = 251, 3
# As root, that would be everybody.
if os.getuid() != 0 or os.getppid() <= 1:
    try:
        os.setpriority(os.PRIO_USER, os.getuid(), 19)
    except OSError:
        pass
    libc.syscall(IOPRIO_SET, WHO_USER, os.getuid(), 3 << 13)
