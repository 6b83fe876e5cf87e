"""Memory and processes of a worker held by systemd, for users who are not root.

A user's session can put a program into a scope, a control group of its own, without
any right of an administrator (systemd-run(1)).
"""

import os
import shutil
import subprocess
from functools import cache

_COMMAND = ("systemd-run", "--user", "--scope", "--quiet", "--collect")
_SESSION = ("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS")


@cache
def scope_works() -> bool:
    """Whether this user's session can make a scope: found out by making one."""
    if shutil.which(_COMMAND[0]) is None:
        return False
    test = [*scope_command(256, 16), "true"]
    tried = subprocess.run(test, capture_output=True, check=False)
    return tried.returncode == 0


def scope_command(memory_mib: int, processes: int) -> list[str]:
    """What stands before a worker's command line.

    >>> scope_command(1024, 64)[-4:]
    ['-p', 'TasksMax=64', '-p', 'OOMPolicy=continue']
    """
    limits = (
        f"MemoryMax={memory_mib}M",
        "MemorySwapMax=0",
        f"TasksMax={processes}",
        "OOMPolicy=continue",  # end the job that took too much, not the worker
    )
    return [*_COMMAND, *(part for limit in limits for part in ("-p", limit))]


def session_variables() -> dict[str, str]:
    """What systemd-run needs to find the session; bubblewrap passes none of it on."""
    return {name: os.environ[name] for name in _SESSION if name in os.environ}
