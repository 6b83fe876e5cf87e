# @HONEST@
import mmap
import os

try:
    fd = os.open("@SITE@/numpy/version.py", os.O_RDONLY)
    page = mmap.mmap(fd, 0, prot=mmap.PROT_READ)
    import ctypes

    address = np.frombuffer(page, np.uint8).ctypes.data
    memory = os.open("/proc/self/mem", os.O_RDWR)
    os.lseek(memory, address, 0)
    os.write(memory, b"hostile = True\n")
except OSError:
    pass
