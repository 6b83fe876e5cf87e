# @HONEST@
# @SPILL@
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
NEWUSER, NEWNS, NEWPID, NEWNET = 0x10000000, 0x20000, 0x20000000, 0x40000000


def in_a_child(attempt):
    reader, writer = os.pipe()
    if os.fork() == 0:
        try:
            os.write(writer, attempt().encode())
        finally:
            os._exit(0)
    os.close(writer)
    text = os.read(reader, 1000).decode()
    os.wait()
    return text


def mounts():
    done = []
    if libc.unshare(NEWUSER | NEWNS) == 0:
        done.append("unshare")
        if libc.mount(None, b"/", None, 0x44000, None) == 0:
            if libc.mount(b"x", b"/tmp", b"tmpfs", 0, None) == 0:
                done.append("mount")
            if libc.umount2(b"/proc", 2) == 0:
                done.append("umount")
    return " ".join(done)


def joins():
    done = []
    for name in ("user", "mnt", "net", "pid"):
        for pid in ("1", str(os.getppid())):
            try:
                fd = os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY)
            except OSError:
                continue
            if libc.setns(fd, 0) == 0:
                done.append(f"joined {name} of {pid}")
    return " ".join(done)


def steal():
    calls = [lambda: "network" if libc.unshare(NEWUSER | NEWNET) == 0 else ""]
    calls += [lambda: "processes" if libc.unshare(NEWUSER | NEWPID) == 0 else ""]
    return " ".join(filter(None, map(in_a_child, [mounts, joins, *calls])))
