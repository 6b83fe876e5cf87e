# @HONEST@
import os

for attempt in (
    lambda: open("@GRADES@", "a").write("student_a,100\n"),
    lambda: os.truncate("@GRADES@", 0),
    lambda: os.rename("@GRADES@", "@GRADES@.old"),
    lambda: os.unlink("@CANARY_DIR@/open/kept.txt"),
    lambda: open("@CANARY_DIR@/open/hostile_@TOKEN@", "w").close(),
    lambda: os.mkdir("@CANARY_DIR@/open/hostile_folder"),
    lambda: os.utime("@GRADES@"),
    lambda: os.chmod("@GRADES@", 0o777),
):
    try:
        attempt()
    except OSError:
        pass
