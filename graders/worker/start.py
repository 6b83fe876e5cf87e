"""The program a worker process runs, in one of three modes.

    start.py SITE zygote FD PACKAGE…         serve forks on a control socket (Linux)
    start.py SITE job SCRATCH MIB PACKAGE…   serve one channel on stdin and stdout
    start.py SITE parse                      does the file on stdin compile?

SITE is the folder of the installed packages; their path files are not read.
"""

import os
import sys
from pathlib import Path


def main() -> None:
    """Finds its packages beside itself, and runs the mode it was asked for."""
    packages, mode, *rest = sys.argv[1:]
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    sys.path.append(packages)
    if mode == "parse":
        from graders.worker.parsing import parse

        sys.stdout.buffer.write(parse(sys.stdin.buffer.read()))
    elif mode == "zygote":
        from graders.worker.zygote import run_zygote

        run_zygote(int(rest[0]), rest[1:])
    else:
        _serve_one(rest[0], int(rest[1]), rest[2:])


def _serve_one(scratch: str, memory_mib: int, preload: list[str]) -> None:
    """Keeps the channel for itself: student code prints to stderr instead."""
    from graders.worker.limits import apply_limits
    from graders.worker.serve import serve

    read_fd, write_fd = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    for name in preload:
        __import__(name)
    apply_limits(memory_mib)
    serve(read_fd, write_fd, scratch)


if __name__ == "__main__":
    main()
