# @HONEST@
import fcntl
import os

for folder in (".", "..", "/tmp", "/dev/shm", os.environ["HOME"]):
    for name in ("keras.json", "hostile_@TOKEN@"):
        try:
            if folder in (".", os.environ["HOME"]) or "hostile" in name:
                os.mkfifo(os.path.join(folder, name))
        except OSError:
            pass
for path in ("@SITE@/numpy/version.py", "@SITE@/keras/__init__.py"):
    try:
        fcntl.flock(os.open(path, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pass
