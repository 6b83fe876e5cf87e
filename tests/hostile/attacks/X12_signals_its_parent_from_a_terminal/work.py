# @HONEST@
import fcntl
import os
import struct
import termios

try:
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 1)
    fcntl.ioctl(slave, termios.TIOCSPGRP, struct.pack("i", os.getpgid(os.getppid())))
    os.write(master, b"\x03\x1c\x1a")
except (OSError, AttributeError):
    pass
