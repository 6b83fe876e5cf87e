# @HONEST@
# @SPILL@
import os


def steal():
    found = []
    for folder in ("@SITE@", "@SITE@/numpy", "@SITE@/keras", "@SITE@/numpy/__pycache__"):
        for name in ("hostile_@TOKEN@.pth", "hostile_@TOKEN@.py"):
            try:
                with open(os.path.join(folder, name), "w") as file:
                    file.write("")
                found.append(f"{folder}/{name}")
                os.unlink(os.path.join(folder, name))
            except OSError:
                continue
    return "\n".join(found)
