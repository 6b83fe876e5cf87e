# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


def steal():
    found = []
    for number, path in enumerate(("@CANARY_FILE@", "@GRADES@", "@SITE@/numpy/version.py")):
        try:
            os.link(path, f"linked{number}")
            found.append(path)
            os.unlink(f"linked{number}")
        except OSError:
            pass
        try:
            fd = os.open(path, os.O_PATH)
        except OSError:
            continue
        if libc.linkat(fd, b"", -100, b"linked", 0x1000) == 0:
            found.append(f"{path} by its handle")
            os.unlink("linked")
    return "\n".join(found)
