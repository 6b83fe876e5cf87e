# @HONEST@
# @SPILL@
from pathlib import Path

TARGETS = ("@CANARY_FILE@", "@REPO@/tests/hostile/exercise/hidden_arrays.py")


def steal():
    found = []
    for target in TARGETS:
        try:
            found.append(Path(target).read_text()[:2000])
        except OSError:
            continue
    return "\n".join(found)
