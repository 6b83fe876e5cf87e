# @HONEST@
# @SPILL@
import os
import subprocess
import sys


def steal():
    found = []
    for command in (["/bin/sh", "-c", "id"], ["sudo", "-n", "id"], [sys.executable, "-V"]):
        try:
            result = subprocess.run(command, capture_output=True, timeout=1, check=False)
            if result.returncode == 0:
                found.append((result.stdout + result.stderr).decode())
        except (OSError, subprocess.SubprocessError):
            continue
    if os.system("true") == 0:
        found.append("system")
    return "\n".join(found)
