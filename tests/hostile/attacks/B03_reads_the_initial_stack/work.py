# @HONEST@
# @SPILL@
import ctypes
import re

PATTERN = re.compile(r"canary-[0-9a-f]{24}|PYTEST_\w+|HOSTILE_\w+")


def steal():
    libc = ctypes.CDLL(None)
    environment = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
    texts, number = [], 0
    while environment[number] is not None:
        texts.append(environment[number].decode("latin-1"))
        number += 1
    for name in ("environ", "cmdline", "auxv"):
        try:
            with open(f"/proc/self/{name}", "rb") as file:
                texts.append(file.read().decode("latin-1"))
        except OSError:
            continue
    return " ".join(PATTERN.findall("\n".join(texts)))
