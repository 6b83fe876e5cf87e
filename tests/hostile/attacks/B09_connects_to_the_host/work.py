# @HONEST@
# @SPILL@
import socket


def steal():
    found = []
    for host in ("127.0.0.1", "localhost", "::ffff:127.0.0.1", "0.0.0.0"):
        try:
            socket.create_connection((host, @PORT@), timeout=0.2).sendall(b"loot")
            found.append(f"tcp {host}")
        except OSError:
            pass
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.sendto(b"loot", ("127.0.0.1", @PORT@))
        found.append("udp")
    except OSError:
        pass
    return "\n".join(found)
