# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
KEY = int("@TOKEN@"[:7], 16)
own = f"written by {os.urandom(4).hex()}".encode()


def steal():
    found = []
    number = libc.shmget(KEY, 4096, 0o1666)
    if number >= 0:
        address = libc.shmat(number, None, 0)
        text = ctypes.string_at(address)
        if text and text != own:
            found.append(text.decode())
        ctypes.memmove(address, own + b"\0", len(own) + 1)
    queue = libc.msgget(KEY, 0o1666)
    if queue >= 0:
        buffer = ctypes.create_string_buffer(80)
        if libc.msgrcv(queue, buffer, 64, 0, 0o4000) > 0:
            if (text := buffer.raw[8:].rstrip(b"\0")) != own:
                found.append(text.decode("latin-1"))
        message = (1).to_bytes(8, "little") + own
        libc.msgsnd(queue, message, len(own), 0o4000)
    return "\n".join(found)
