# @HONEST@
# @SPILL@
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def steal():
    found = []
    for flags in (0, 1, 0o4000 | 1):
        if libc.syscall(323, flags) >= 0:
            found.append(f"userfaultfd {flags}")
    return "\n".join(found)
