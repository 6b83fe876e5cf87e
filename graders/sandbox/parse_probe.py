"""Finds a syntax error before TensorFlow is imported for nothing."""

import subprocess
from dataclasses import dataclass

from graders.errors import WorkerUnavailable
from graders.sandbox.bundle import Bundle
from graders.sandbox.children import SENT_SIGNALS, ending_signal

PARSE_S = 10.0
_ATTEMPTS = 3
_WINDOWS_EXCEPTION = 0xC000_0000  # The least status of a crash there.


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Where and why a file does not compile; line 0 means nowhere in particular."""

    line: int
    column: int
    message: str
    source: str


def find_syntax_problem(source: str, bundle: Bundle) -> SyntaxProblem | None:
    """Compiles the file in a process of its own; None if it compiles.

    A process that took too long or that somebody ended is started again.

    Raises:
        WorkerUnavailable: if it could not be started, or was ended each time.
    """
    for _ in range(_ATTEMPTS):
        try:
            parsed = subprocess.run(
                bundle.parse_command(),
                input=source.encode(),
                capture_output=True,
                timeout=PARSE_S,
                env=bundle.environment(),
                check=False,
                start_new_session=True,  # Out of reach of a terminal's Ctrl-C.
            )
        except subprocess.TimeoutExpired:
            last = ""
            continue
        except OSError as error:
            raise _unavailable(f"Python could not be started: {error}") from error
        if parsed.stdout == b"ok":
            return None
        if problem := _told(parsed.stdout):
            return problem
        if _crashed(parsed.returncode):
            return SyntaxProblem(0, 0, "the file ends the Python parser", "")
        last = ending_signal(parsed.returncode) or f"status {parsed.returncode}"
    if last:
        raise _unavailable(f"Python ended with {last}, {_ATTEMPTS} times")
    return SyntaxProblem(0, 0, f"the file takes over {PARSE_S:g} s to parse", "")


def _told(reply: bytes) -> SyntaxProblem | None:
    """The problem that the process found; None if it did not come to tell it."""
    lines = reply.decode("utf-8", "replace").splitlines()
    if len(lines) < 3 or not (lines[0].isdigit() and lines[1].isdigit()):
        return None
    return SyntaxProblem(
        int(lines[0]), int(lines[1]), lines[2], "".join(lines[3:4]).rstrip()
    )


def _crashed(status: int) -> bool:
    """Whether it ended by what it did: nothing but the file can have led to that."""
    name = ending_signal(status)
    return name not in SENT_SIGNALS if name else status >= _WINDOWS_EXCEPTION


def _unavailable(what: str) -> WorkerUnavailable:
    return WorkerUnavailable(
        what,
        "sandbox",
        "Check that the environment is complete: `make clean`, then try again.",
    )
