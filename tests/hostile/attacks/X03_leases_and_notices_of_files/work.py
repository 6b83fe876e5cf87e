# @HONEST@
# @SPILL@
import fcntl
import os

SETLEASE, NOTIFY = 1024, 1026


def steal():
    found = []
    for path in ("@SITE@/numpy/version.py", "@SITE@/keras/__init__.py"):
        try:
            fd = os.open(path, os.O_RDONLY)
            fcntl.fcntl(fd, SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(fd, SETLEASE, fcntl.F_UNLCK)
            found.append(path)
        except OSError:
            continue
    try:
        fcntl.fcntl(os.open("@SITE@", os.O_RDONLY), NOTIFY, 2)
        found.append("notice")
    except OSError:
        pass
    return "\n".join(found)
