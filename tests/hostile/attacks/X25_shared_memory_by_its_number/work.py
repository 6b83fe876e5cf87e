# @HONEST@
# @SPILL@
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
SHM_STAT_ANY, MSG_STAT_ANY, SEM_STAT_ANY = 15, 13, 20


def steal():
    found = []
    buffer = ctypes.create_string_buffer(256)
    for number in range(64):
        address = libc.shmat(number, None, 0o10000)
        if address not in (None, 2**64 - 1):
            found.append(f"memory {number}")
            libc.shmdt(ctypes.c_void_p(address))
        if libc.shmctl(number, SHM_STAT_ANY, buffer) >= 0:
            found.append(f"state of memory {number}")
        if libc.msgctl(number, MSG_STAT_ANY, buffer) >= 0:
            found.append(f"state of queue {number}")
    return "\n".join(found)
