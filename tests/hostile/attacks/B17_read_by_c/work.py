# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
OPENAT2 = 437
PATH = b"@CANARY_FILE@"


def steal():
    found = []
    buffer = ctypes.create_string_buffer(100)
    how = (ctypes.c_uint64 * 3)(0, 0, 0)
    fds = [
        libc.open(PATH, 0),
        libc.openat(-100, b"/usr/lib/../.." + PATH, 0),
        libc.syscall(2, PATH, 0),
        libc.syscall(OPENAT2, -100, PATH, ctypes.byref(how), 24),
        libc.open(b"/proc/self/root" + PATH, 0),
    ]
    for fd in fds:
        if fd >= 0 and libc.read(fd, buffer, 100) > 0:
            found.append(buffer.value.decode())
    handle = libc.open(PATH, os.O_PATH)
    if handle >= 0:
        fd = libc.open(f"/proc/self/fd/{handle}".encode(), 0)
        if fd >= 0 and libc.read(fd, buffer, 100) > 0:
            found.append(buffer.value.decode())
    return "\n".join(found)
