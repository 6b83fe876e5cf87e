# @HONEST@
# @SPILL@
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def steal():
    found = []
    fd = libc.inotify_init1(0o4000)
    for path in (b"@CANARY_DIR@", b"@REPO@/tests", b"/tmp", b"/etc", b"/"):
        if fd >= 0 and libc.inotify_add_watch(fd, path, 0xFFF) >= 0 and path != b"/tmp":
            found.append(path.decode())
    if libc.syscall(300, 0, 0) >= 0:
        found.append("fanotify")
    return "\n".join(found)
