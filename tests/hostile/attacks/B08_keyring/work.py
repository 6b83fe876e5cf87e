# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
ADD_KEY, KEYCTL, SEARCH, READ, USER_KEYRING = 248, 250, 10, 11, -4
own = f"written by {os.urandom(4).hex()}".encode()


def steal():
    found = libc.syscall(KEYCTL, SEARCH, USER_KEYRING, b"user", b"hostile_@TOKEN@", 0)
    text = b""
    if found > 0:
        buffer = ctypes.create_string_buffer(100)
        size = libc.syscall(KEYCTL, READ, found, buffer, 100)
        text = buffer.raw[: max(size, 0)]
    libc.syscall(ADD_KEY, b"user", b"hostile_@TOKEN@", own, len(own), USER_KEYRING)
    return text.decode() if text not in (b"", own) else ""
