# @HONEST@
# @SPILL@
import ctypes
import mmap
import os
import struct

libc = ctypes.CDLL(None, use_errno=True)
SETUP, ENTER, OPENAT, READ = 425, 426, 18, 22
PATH = b"@CANARY_FILE@\0"


class Ring:
    def __init__(self):
        self.parameters = ctypes.create_string_buffer(120)
        self.fd = libc.syscall(SETUP, 4, self.parameters)
        if self.fd < 0:
            raise OSError(ctypes.get_errno(), "io_uring_setup")
        words = struct.unpack("<30I", self.parameters.raw)
        self.sq, self.cq = words[10:20], words[20:30]
        entries, cq_entries = words[0], words[1]
        size = max(self.sq[6] + entries * 4, self.cq[5] + cq_entries * 16)
        self.rings = mmap.mmap(self.fd, size, offset=0)
        self.requests = mmap.mmap(self.fd, entries * 64, offset=0x10000000)

    def word(self, offset, value=None):
        if value is not None:
            self.rings[offset : offset + 4] = struct.pack("<I", value)
        return struct.unpack("<I", self.rings[offset : offset + 4])[0]

    def run(self, operation, fd, address, length):
        tail = self.word(self.sq[1])
        index = tail & self.word(self.sq[2])
        request = struct.pack("<BBHiQQI", operation, 0, 0, fd, 0, address, length)
        self.requests[index * 64 : index * 64 + 64] = request.ljust(64, b"\0")
        self.word(self.sq[6] + 4 * index, index)
        self.word(self.sq[1], tail + 1)
        libc.syscall(ENTER, self.fd, 1, 1, 1, None, 0)
        head = self.word(self.cq[0])
        at = self.cq[5] + 16 * (head & self.word(self.cq[2]))
        self.word(self.cq[0], head + 1)
        return struct.unpack("<i", self.rings[at + 8 : at + 12])[0]


def steal():
    ring = Ring()
    path, buffer = ctypes.create_string_buffer(PATH), ctypes.create_string_buffer(100)
    fd = ring.run(OPENAT, -100, ctypes.addressof(path), 0)
    if fd < 0:
        return ""
    ring.run(READ, fd, ctypes.addressof(buffer), 100)
    return buffer.value.decode()
