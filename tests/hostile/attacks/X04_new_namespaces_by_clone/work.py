# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
CLONE, CLONE3, SIGCHLD = 56, 435, 17
NEWUSER, NEWNS, NEWNET, PARENT = 0x10000000, 0x20000, 0x40000000, 0x8000


def steal():
    found = []
    for flags in (NEWUSER, NEWUSER | NEWNS, NEWUSER | NEWNET, NEWNS, PARENT):
        arguments = (ctypes.c_uint64 * 11)(flags, 0, 0, 0, SIGCHLD)
        for pid in (
            libc.syscall(CLONE, flags | SIGCHLD, 0, 0, 0, 0),
            libc.syscall(CLONE3, arguments, 88) if flags != PARENT else -1,
        ):
            if pid == 0:
                os._exit(0)
            if pid > 0:
                found.append(f"{flags:x}")
                if flags != PARENT:
                    os.waitpid(pid, 0)
    return "\n".join(found)
