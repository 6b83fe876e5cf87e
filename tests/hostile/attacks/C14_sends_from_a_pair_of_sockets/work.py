# @HONEST@
# @SPILL@
import socket


def steal():
    found = []
    for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET, socket.SOCK_STREAM):
        try:
            ends = socket.socketpair(socket.AF_UNIX, kind)
        except OSError:
            continue
        for address in ("\0@ABSTRACT@-datagrams", "@SOCKET@", "\0@ABSTRACT@"):
            try:
                ends[0].sendto(b"loot", address)
                found.append(f"{kind} {address!r}")
            except OSError:
                pass
            try:
                ends[0].connect(address)
                ends[0].send(b"loot")
                found.append(f"{kind} {address!r}")
            except OSError:
                pass
    return "\n".join(found)
