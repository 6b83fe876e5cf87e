"""The program a worker process runs, in one of two modes.

    start.py SITES template FD                   fork zygotes, and they jobs (Linux)
    start.py SITES job SCRATCH LIMITS PACKAGE…   serve a channel on stdin and stdout

SITES are the folders of the installed packages, joined as in PATH; their path files
are not read. LIMITS are the names and numbers of the ceilings, as `name=number,…`.
"""

import os
import sys
from pathlib import Path


def main() -> None:
    """Finds its packages beside itself, and runs the mode it was asked for."""
    sites, mode, *rest = sys.argv[1:]
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    sys.path += sites.split(os.pathsep)
    if mode == "template":
        from graders.worker.template import run_template

        run_template(int(rest[0]))
    else:
        _serve_one(rest[0], rest[1], rest[2:])


def _serve_one(scratch: str, limits: str, preload: list[str]) -> None:
    """Keeps the channel for itself: student code prints to stderr instead."""
    from graders.worker.job import move_into
    from graders.worker.limits import apply_limits, die_with_parent
    from graders.worker.serve import serve

    read_fd, write_fd = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    for name in preload:
        __import__(name)
    die_with_parent()
    move_into(scratch)
    pairs = (item.split("=") for item in limits.split(","))
    apply_limits({name: int(number) for name, number in pairs})
    serve(read_fd, write_fd)


if __name__ == "__main__":
    main()
