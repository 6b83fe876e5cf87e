# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SCRIPT = b"#!/bin/sh\nexit 42\n"


def runs(path):
    pid = os.fork()
    if pid == 0:
        try:
            os.execv(path, [path])
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 42


def steal():
    found = []
    with open("program", "wb") as file:
        file.write(SCRIPT)
    os.chmod("program", 0o755)
    if runs("./program"):
        found.append("a program in its folder")
    fd = libc.syscall(319, b"x", 0)
    if fd >= 0:
        os.write(fd, SCRIPT)
        if runs(f"/proc/self/fd/{fd}"):
            found.append("a program in memory")
    return "\n".join(found)
