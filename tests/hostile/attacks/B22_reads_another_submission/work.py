# @HONEST@
# @SPILL@
import os


def steal():
    found = []
    try:
        with open("@OTHER_SUBMISSION@") as file:
            found.append(file.read())
    except OSError:
        pass
    for folder in ("@CANARY_DIR@/class", "@HANDED_IN@/.."):
        try:
            found += os.listdir(folder)
        except OSError:
            continue
    return "\n".join(found)
