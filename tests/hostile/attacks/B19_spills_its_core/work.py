import faulthandler
import os
import resource
import sys

try:
    resource.setrlimit(resource.RLIMIT_CORE, (-1, -1))
    os.chdir("@CANARY_DIR@/open")
except (OSError, ValueError):
    pass


def total(x):
    faulthandler.dump_traceback(sys.__stderr__, all_threads=True)
    os.abort()


standardise = total
