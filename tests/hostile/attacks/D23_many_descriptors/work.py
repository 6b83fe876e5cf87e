# @HONEST@
import os
import socket

kept = []
try:
    for _ in range(20_000):
        kept.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
try:
    kept += os.pipe() + os.pipe()
    kept += [end.detach() for end in socket.socketpair()]
except OSError:
    pass
for fd in kept:
    os.close(fd)
