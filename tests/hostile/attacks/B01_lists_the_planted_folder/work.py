# @HONEST@
# @SPILL@
import ctypes
import glob
import os

libc = ctypes.CDLL(None, use_errno=True)


def steal():
    found = []
    for folder in ("@CANARY_DIR@", "@REPO@", "/home", "/root", "/var/tmp"):
        found += glob.glob(f"{folder}/*")
        try:
            fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue
        found += os.listdir(fd)
        os.close(fd)
    return "\n".join(found)
