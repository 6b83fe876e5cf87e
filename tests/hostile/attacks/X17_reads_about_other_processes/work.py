# @HONEST@
# @SPILL@
import os


def steal():
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        for name in ("environ", "cmdline"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    text = file.read().decode("latin-1")
            except OSError:
                continue
            if "canary-" in text or "HOSTILE" in text or "pytest" in text:
                found.append(text)
    return "\n".join(found)[:50_000]
