"""Runs ruff on a text: in a process of its own, within limits, with no settings.

The text is a submission's and hostile. It is only read, but a line of 600 KiB can be
made that takes ruff tens of gigabytes; so what it may take is bounded.
"""

import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from graders.errors import GradersError

WALL_S = 5.0
_CPU_S = 5
_MEMORY_BYTES = 1024**3
_MOST_OUTPUT = 2 * 1024**2
_NEWEST_PYTHON = 14  # that the oldest ruff we allow knows
_KEPT = ("SYSTEMROOT",)  # without it, Windows starts nothing
_QUOTED = re.compile(r"`([^`]*)`")


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One line of ruff's answer.

    Args:
        line: counted from 1.
        column: counted from 1.
        code: of ruff's rule, `F401`.
        name: what ruff names first; empty if nothing.
    """

    line: int
    column: int
    code: str
    name: str


class LinterFailed(GradersError):
    """Ruff could not be asked, or gave no answer: the grader's own failure."""


def lint(source: str, codes: Sequence[str]) -> list[Hit]:
    """What ruff finds in a text, in the order of the lines.

    If there is too much to read, the first ones.

    Raises:
        LinterFailed: if ruff is missing, or came to no end.
    """
    status, answer = _run(_command(codes), source.encode("utf-8", "replace"))
    whole = answer[: answer.rfind(b"\n") + 1] if len(answer) > _MOST_OUTPUT else answer
    if status not in (0, 1) and not (len(answer) > _MOST_OUTPUT and whole):
        raise _failed(f"ruff ended with status {status}")
    try:
        hits = sorted(_hit(json.loads(line)) for line in whole.splitlines())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _failed("ruff's answer cannot be read") from error
    if any(hit.code == "invalid-syntax" for hit in hits):
        raise _failed("ruff cannot read a file that Python can")
    return hits


def _command(codes: Sequence[str]) -> list[str]:
    try:
        from ruff.__main__ import find_ruff_bin

        program = find_ruff_bin()
    except (ImportError, OSError) as error:
        raise _failed("ruff is not installed") from error
    return [
        *(program, "check", "--isolated", "--no-cache", "--quiet", "--ignore-noqa"),
        *("--no-fix", "--output-format", "json-lines"),
        *("--target-version", f"py3{min(sys.version_info.minor, _NEWEST_PYTHON)}"),
        *("--select", ",".join(codes), "--stdin-filename", "submission.py", "-"),
    ]


def _run(command: Sequence[str], text: bytes) -> tuple[int, bytes]:
    """The exit status and the answer, a byte longer than its limit at most."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        with (
            tempfile.TemporaryDirectory(prefix="style-") as folder,
            subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=environment,
            ) as child,
        ):
            assert child.stdin is not None
            assert child.stdout is not None
            deadline = threading.Timer(WALL_S, child.kill)
            deadline.start()
            try:
                _limit(child.pid)  # Before it has read anything of the text.
                with contextlib.suppress(BrokenPipeError):
                    child.stdin.write(text)
                    child.stdin.close()
                answer = child.stdout.read(_MOST_OUTPUT + 1)
                if len(answer) > _MOST_OUTPUT:
                    child.kill()
                return child.wait(), answer
            finally:
                deadline.cancel()
                child.kill()
    except OSError as error:
        raise _failed(f"ruff could not be run: {error.strerror or error}") from error


def _limit(pid: int) -> None:
    """Bounds a process from outside, where the system can."""
    if sys.platform != "linux":
        return
    import resource

    limits = {
        resource.RLIMIT_AS: _MEMORY_BYTES,
        resource.RLIMIT_CPU: _CPU_S,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    with contextlib.suppress(ProcessLookupError):
        for kind, most in limits.items():
            _, hard = resource.prlimit(pid, kind)
            bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.prlimit(pid, kind, (bound, bound))


def _hit(row: dict[str, object]) -> Hit:
    place, message = row["location"], str(row["message"])
    assert isinstance(place, dict)
    named = _QUOTED.search(message)
    return Hit(
        line=int(place["row"]),
        column=int(place["column"]),
        # Syntax errors have had no code, once.
        code=str(row["code"] or "invalid-syntax"),
        name=named[1] if named else "",
    )


def _failed(what: str) -> LinterFailed:
    return LinterFailed(what, "style", "Check that the environment is complete.")
