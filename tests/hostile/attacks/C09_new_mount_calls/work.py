# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
OPEN_TREE, FSOPEN, CHROOT, PIVOT = 428, 430, 161, 155


def steal():
    found = []
    if libc.syscall(OPEN_TREE, -100, b"/", 1) >= 0:
        found.append("open_tree")
    if libc.syscall(FSOPEN, b"tmpfs", 0) >= 0:
        found.append("fsopen")
    pid = os.fork()
    if pid == 0:
        os._exit(0 if libc.syscall(CHROOT, b".") == 0 else 1)
    if os.waitpid(pid, 0)[1] == 0:
        found.append("chroot")
    return " ".join(found)
