# @HONEST@
# @SPILL@
import socket


def steal():
    found = []
    for family, kind, protocol in [(16, 3, 0), (17, 3, 768), (38, 5, 0), (40, 1, 0), (44, 3, 0)]:
        try:
            socket.socket(family, kind, protocol).close()
            found.append(f"family {family}")
        except OSError:
            continue
    return "\n".join(found)
