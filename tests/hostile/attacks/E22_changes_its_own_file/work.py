# @HONEST@
import os

for attempt in (
    lambda: open("@HANDED_IN@/work.py", "w").write("total = standardise = None\n"),
    lambda: os.replace("@HANDED_IN@/work.py", "@HANDED_IN@/other.py"),
    lambda: os.symlink("@CANARY_FILE@", "@HANDED_IN@/link.py"),
):
    try:
        attempt()
    except OSError:
        pass
