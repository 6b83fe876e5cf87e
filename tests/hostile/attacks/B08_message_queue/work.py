# @HONEST@
# @SPILL@
import ctypes
import os

own = f"written by {os.urandom(4).hex()}".encode()


def steal():
    libc = ctypes.CDLL(None, use_errno=True)
    queue = libc.syscall(
        240, b"hostile_@TOKEN@", os.O_RDWR | os.O_CREAT | os.O_NONBLOCK, 0o666, None
    )
    if queue < 0:
        return ""
    buffer = ctypes.create_string_buffer(8192)
    size = libc.syscall(243, queue, buffer, 8192, None, None)
    libc.syscall(242, queue, own, len(own), 0, None)
    text = buffer.raw[: max(size, 0)]
    return text.decode() if text not in (b"", own) else ""
