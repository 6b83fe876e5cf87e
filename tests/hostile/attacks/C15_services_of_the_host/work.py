# @HONEST@
# @SPILL@
import glob
import os
import socket

NAMES = ["/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket"]
NAMES += ["/run/systemd/private", "/run/containerd/containerd.sock", "/dev/log"]


def steal():
    found = [path for path in glob.glob("/run/*") + glob.glob("/var/run/*/*")]
    for name in NAMES:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(name)
            found.append(name)
        except OSError:
            continue
    try:
        os.setuid(0) if os.getuid() else os.setuid(65534)
        found.append("changed its user")
    except OSError:
        pass
    return "\n".join(found)
