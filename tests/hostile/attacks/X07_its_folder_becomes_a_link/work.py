# @HONEST@
import os
import shutil

own = os.getcwd()
os.chdir("/")
try:
    shutil.rmtree(own)
    os.symlink("@CANARY_DIR@/open", own)
except OSError:
    pass
