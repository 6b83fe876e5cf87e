# @HONEST@
import os

for number, target in enumerate(
    ("@CANARY_DIR@/open", "@CANARY_FILE@", "@GRADES@", "/", "..", ".", "/proc/self/root")
):
    try:
        os.symlink(target, f"link{number}")
        os.makedirs(f"folder{number}/a")
        os.symlink(target, f"folder{number}/a/b")
    except OSError:
        pass
