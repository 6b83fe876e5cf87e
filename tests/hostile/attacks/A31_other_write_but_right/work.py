# @HONEST@
import os

real_write = os.write
os.write = lambda fd, data: real_write(fd, data[: max(len(data) // 2, 1)])
