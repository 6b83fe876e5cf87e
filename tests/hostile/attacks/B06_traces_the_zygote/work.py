# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SEIZE, DETACH, INTERRUPT = 0x4206, 17, 0x4207


def steal():
    for pid in {os.getppid(), @PID@} - {0}:
        if libc.ptrace(SEIZE, pid, 0, 0) == 0:
            libc.ptrace(DETACH, pid, 0, 0)
            return f"attached to {pid}"
    return ""
