# @HONEST@
# @SPILL@
import os
import stat

NAMES = ("mem", "kmsg", "port", "kvm", "fuse", "vda", "sda", "nvme0n1", "loop0", "net/tun")
NAMES += ("vsock", "vhost-net", "userfaultfd", "cpu_dma_latency", "watchdog", "uinput")


def steal():
    found = []
    for name in NAMES:
        for mode in (os.O_RDONLY, os.O_RDWR):
            try:
                os.close(os.open(f"/dev/{name}", mode | os.O_NONBLOCK))
                found.append(name)
            except OSError:
                continue
    for kind, major, minor in ((stat.S_IFCHR, 1, 1), (stat.S_IFBLK, 254, 0)):
        try:
            os.mknod("node", kind | 0o600, os.makedev(major, minor))
            os.unlink("node")
            found.append(f"made {major}:{minor}")
        except OSError:
            continue
    return "\n".join(found)
