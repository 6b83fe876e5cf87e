# @HONEST@
import fcntl
import os

SETOWN, SETSIG, SETOWN_EX = 8, 10, 15
parent = os.getppid()
if parent > 0:
    import socket

    pairs = [os.pipe(), tuple(end.detach() for end in socket.socketpair())]
    for reader, writer in pairs:
        for number in (9, 15, 19):
            try:
                fcntl.fcntl(reader, SETOWN, parent)
                fcntl.fcntl(reader, SETSIG, number)
                flags = fcntl.fcntl(reader, fcntl.F_GETFL)
                fcntl.fcntl(reader, fcntl.F_SETFL, flags | os.O_ASYNC)
                os.write(writer, b"x")
            except OSError:
                continue
