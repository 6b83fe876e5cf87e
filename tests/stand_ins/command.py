"""The console script, run as a person would run it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

GRADE = str(Path(sys.executable).with_name("grade"))


def run_grade(
    *arguments: object, cwd: Path | None = None, most_blocks: int = 0, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Runs `grade` to its end, with environment variables of its own.

    Args:
        arguments: of the command.
        cwd: the working folder.
        most_blocks: of 512 bytes that it may write to one file; 0 for any number.
        variables: of its environment.
    """
    limited = ["sh", "-c", f'ulimit -f {most_blocks}; exec "$@"', "sh"]
    return subprocess.run(
        [*(limited if most_blocks else ()), GRADE, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=_environment() | variables,
        check=False,
        timeout=120,
    )


def start_grade(*arguments: object) -> "subprocess.Popen[str]":
    """Starts `grade`; it can be stopped as by Ctrl-C."""
    return subprocess.Popen(
        [GRADE, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_environment(),
        # A test run in the background ignores Ctrl-C, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def _environment() -> dict[str, str]:
    """Without colours, and on lines that are not broken."""
    return {**os.environ, "COLUMNS": "300", "NO_COLOR": "1", "TERM": "dumb"}
