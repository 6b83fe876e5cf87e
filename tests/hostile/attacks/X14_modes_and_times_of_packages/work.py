# @HONEST@
# @SPILL@
import os


def steal():
    found = []
    for path in ("@SITE@/numpy/version.py", "@CANARY_FILE@", "@GRADES@", "@SITE@"):
        status = None
        try:
            status = os.stat(path)
        except OSError:
            continue
        times = (status.st_atime_ns, status.st_mtime_ns)
        for name, attempt in {
            "mode": lambda p=path, s=status: os.chmod(p, s.st_mode & 0o7777),
            "times": lambda p=path, t=times: os.utime(p, ns=t),
            "owner": lambda p=path, s=status: os.chown(p, s.st_uid, s.st_gid),
            "attribute": lambda p=path: os.setxattr(p, "user.hostile", b"x"),
        }.items():
            try:
                attempt()
                found.append(f"{name} of {path}")
                if name == "attribute":
                    os.removexattr(path, "user.hostile")
            except OSError:
                continue
    return "\n".join(found)
