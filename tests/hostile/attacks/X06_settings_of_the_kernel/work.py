# @HONEST@
# @SPILL@
import os

NAMES = (
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/hostname",
    "/proc/sys/vm/drop_caches",
    "/proc/sys/net/ipv4/ip_forward",
    "/proc/sysrq-trigger",
    "/sys/kernel/mm/transparent_hugepage/enabled",
    "/proc/sys/fs/binfmt_misc/register",
    "/sys/fs/cgroup/cgroup.procs",
)


def steal():
    found = []
    for name in NAMES:
        try:
            os.close(os.open(name, os.O_WRONLY))
            found.append(name)
        except OSError:
            continue
    return "\n".join(found)
