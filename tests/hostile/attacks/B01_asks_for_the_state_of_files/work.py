# @HONEST@
# @SPILL@
import os


def steal():
    found = []
    for path in ("@CANARY_FILE@", "@OTHER_SUBMISSION@", "@GRADES@", "@REPO@/graders"):
        if os.path.lexists(path):
            found.append(f"{path} {os.lstat(path).st_size}")
    return "\n".join(found)
