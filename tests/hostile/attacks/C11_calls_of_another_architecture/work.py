# @HONEST@
# @SPILL@
import ctypes
import mmap
import os
import socket
import struct

libc = ctypes.CDLL(None, use_errno=True)
MAP_32BIT = 0x40
CODE = bytes.fromhex("5389f889f34189ca89d14489d24489c64489cfcd805bc3")


def low_memory(content):
    libc.mmap.restype = ctypes.c_void_p
    address = libc.mmap(None, 4096, 7, 0x22 | MAP_32BIT, -1, 0)
    ctypes.memmove(address, content, len(content))
    return address


def call32():
    kind = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_long] * 6)
    return kind(low_memory(CODE))


def read_the_secret():
    call, buffer = call32(), low_memory(b"\0")
    fd = call(5, low_memory(b"@CANARY_FILE@\0"), 0, 0, 0, 0)
    return ctypes.string_at(buffer) if fd >= 0 and call(3, fd, buffer, 90, 0, 0) > 0 else b""


def connect():
    call = call32()
    fd = call(359, socket.AF_INET, socket.SOCK_STREAM, 0, 0, 0)
    address = struct.pack("=HH4s8x", 2, socket.htons(@PORT@), b"\x7f\0\0\1")
    done = fd >= 0 and call(362, fd, low_memory(address), 16, 0, 0) == 0
    return b"connected" if done else b""


def x32():
    return b"x32 works" if libc.syscall(0x40000000 + 39) > 0 else b""


def in_a_child(attempt):
    reader, writer = os.pipe()
    if os.fork() == 0:
        try:
            os.write(writer, attempt())
        finally:
            os._exit(0)
    os.close(writer)
    text = os.read(reader, 1000).decode()
    os.close(reader)
    os.wait()
    return text


def steal():
    return " ".join(filter(None, map(in_a_child, (read_the_secret, connect, x32))))
