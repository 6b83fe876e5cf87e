# @HONEST@
# @SPILL@
import os
import sys


def steal():
    found = []
    modules = [m for n, m in sys.modules.items() if n.split(".")[0] in ("graders", "numpy")]
    for folder in {os.path.dirname(getattr(m, "__file__", "") or "") for m in modules}:
        for target in (folder, f"{folder}/__pycache__"):
            path = f"{target}/hostile_@TOKEN@.pyc"
            try:
                os.makedirs(target, exist_ok=True)
                with open(path, "wb") as file:
                    file.write(b"")
                os.unlink(path)
                found.append(path)
            except OSError:
                continue
    return "\n".join(found)
