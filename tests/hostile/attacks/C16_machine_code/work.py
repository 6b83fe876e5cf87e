# @HONEST@
# @SPILL@
import ctypes
import mmap

# mov rax, rdi; mov rdi, rsi; mov rsi, rdx; mov rdx, rcx; syscall; ret
CODE = bytes.fromhex("4889f84889f74889d64889ca0f05c3")


def steal():
    memory = mmap.mmap(-1, 4096, prot=7)
    memory.write(CODE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    call = ctypes.CFUNCTYPE(ctypes.c_long, *[ctypes.c_long] * 4)(address)
    path, buffer = ctypes.create_string_buffer(b"@CANARY_FILE@"), ctypes.create_string_buffer(90)
    found = []
    fd = call(2, ctypes.addressof(path), 0, 0)
    if fd >= 0 and call(0, fd, ctypes.addressof(buffer), 90) > 0:
        found.append(buffer.value.decode())
    if call(41, 2, 1, 0) >= 0:
        found.append("a socket")
    return "\n".join(found)
