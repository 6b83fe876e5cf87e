# @HONEST@
import ctypes

ctypes.CDLL(None, use_errno=True).ptrace(0, 0, 0, 0)
