# @HONEST@
# @SPILL@
import socket

KINDS = [
    (socket.AF_INET, socket.SOCK_DGRAM, 0, ("192.0.2.1", 53)),
    (socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP, ("192.0.2.1", 0)),
    (socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP, ("192.0.2.1", 0)),
    (socket.AF_INET6, socket.SOCK_DGRAM, 0, ("::ffff:192.0.2.1", 53, 0, 0)),
]


def steal():
    found = []
    for family, kind, protocol, address in KINDS:
        try:
            with socket.socket(family, kind, protocol) as sender:
                sender.settimeout(0.2)
                sender.sendto(b"\x08\0\xf7\xff\0\0\0\0", address)
            found.append(f"{family} {kind} {protocol}")
        except OSError:
            continue
    return "\n".join(found)
