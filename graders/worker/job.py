"""One child of a zygote, from its fork to its last answer."""

import os
import tempfile
from pathlib import Path
from typing import Any

from graders.worker import kernel, walls
from graders.worker.limits import apply_limits, die_with_parent
from graders.worker.serve import serve

# What a child says on its channel before the first frame, one byte each.
HERE, GO, READY, FAILED = b"H", b"G", b"R", b"F"
_OUT_OF_MEMORY_SCORE = 1000
_MAX_NOTE = 500
_MAX_FDS = 1 << 16


def run_job(
    plan: walls.WallPlan,
    channel: int,
    output: int,
    *,
    limits: dict[str, Any],
    scratch: str,
) -> None:
    """Builds the inner wall and answers questions until the channel closes.

    `HERE` tells the trusted side which process to account for and to end; it answers
    `GO`. `READY` says that the walls stand, `FAILED` and a text that they do not. No
    student code has been loaded by then.
    """
    try:
        _take_over(channel, output)
        _build(plan, channel, limits, scratch)
    except Exception as error:
        note = f"{type(error).__name__}: {error}"[:_MAX_NOTE]
        os.write(channel, FAILED + note.encode("utf-8", "replace"))
        return
    os.write(channel, READY)
    serve(channel, channel)


def _build(
    plan: walls.WallPlan, channel: int, limits: dict[str, Any], scratch: str
) -> None:
    die_with_parent()
    if plan.namespaces:
        status_fd = walls.enter_namespaces()
        _announce(channel)
        walls.mount_own_folders(scratch, limits["disk_mib"], limits["files"])
        walls.fork_below_init(status_fd)
    else:
        _announce(channel)
    move_into(scratch)
    if plan.rlimits:
        counted = plan.namespaces or plan.own_user
        apply_limits(limits, count_processes=counted)
    walls.confine(plan, scratch)


def move_into(scratch: str) -> None:
    """Makes a folder the working folder, the home, and where temporary files go."""
    Path(scratch).mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chdir(scratch)
    for name in ("HOME", "TMPDIR", "TEMP", "TMP", "KERAS_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = scratch
    tempfile.tempdir = scratch


def _take_over(channel: int, output: int) -> None:
    """Nothing but the channel and the output stays open; input is empty."""
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.closerange(3, channel)
    os.closerange(channel + 1, _MAX_FDS)


def _announce(channel: int) -> None:
    # Its own /proc files belong to root while it cannot be dumped.
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)
    # The kernel is to choose a job, never the zygote or the grader, if memory ends.
    Path("/proc/self/oom_score_adj").write_text(str(_OUT_OF_MEMORY_SCORE))
    os.write(channel, HERE)
    if os.read(channel, 1) != GO:
        os._exit(0)
