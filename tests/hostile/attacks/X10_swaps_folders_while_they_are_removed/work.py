# @HONEST@
import os

os.makedirs("a/b")
for number in range(200):
    os.makedirs(f"a/b/c{number}")
if os.fork() == 0:
    try:
        os.setsid()
    except OSError:
        pass
    while True:
        try:
            os.rename("a/b", "a/x")
            os.symlink("@CANARY_DIR@/open", "a/b")
            os.unlink("a/b")
            os.rename("a/x", "a/b")
        except OSError:
            continue
