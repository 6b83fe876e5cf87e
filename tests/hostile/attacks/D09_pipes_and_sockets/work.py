# @HONEST@
import fcntl
import os
import socket

kept = []
try:
    for _ in range(400):
        reader, writer = os.pipe2(os.O_NONBLOCK)
        kept.append((reader, writer))
        fcntl.fcntl(writer, 1031, 1 << 20)
        os.write(writer, b"x" * (1 << 20))
except OSError:
    pass
try:
    for _ in range(400):
        ends = socket.socketpair()
        kept.append(ends)
        ends[0].setblocking(False)
        ends[0].send(b"x" * (1 << 20))
except OSError:
    pass
for pair in kept:
    for end in pair:
        end.close() if hasattr(end, "close") else os.close(end)
