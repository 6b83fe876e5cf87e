# @HONEST@
# @SPILL@
import socket


def steal():
    found = []
    for kind, address in (
        (socket.SOCK_STREAM, "\0@ABSTRACT@"),
        (socket.SOCK_STREAM, "@SOCKET@"),
        (socket.SOCK_DGRAM, "\0@ABSTRACT@-datagrams"),
    ):
        try:
            with socket.socket(socket.AF_UNIX, kind) as sender:
                sender.settimeout(0.2)
                sender.connect(address)
                sender.send(b"loot")
            found.append(repr(address))
        except OSError:
            continue
    return "\n".join(found)
