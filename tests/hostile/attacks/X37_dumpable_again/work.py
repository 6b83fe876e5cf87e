# @HONEST@
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
PDEATHSIG, DUMPABLE, KEEPCAPS, SUBREAPER, PTRACER = 1, 4, 8, 36, 0x59616D61
for option, value in (
    (PDEATHSIG, 0),
    (DUMPABLE, 1),
    (KEEPCAPS, 1),
    (SUBREAPER, 1),
    (PTRACER, -1),
):
    libc.prctl(option, value, 0, 0, 0)
