"""Finds a syntax error before TensorFlow is imported for nothing."""

import subprocess
from dataclasses import dataclass

from graders.errors import WorkerUnavailable
from graders.sandbox.bundle import Bundle

PARSE_S = 10.0
_ATTEMPTS = 3
_KILLED = -9


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """Where and why a file does not compile; line 0 means nowhere in particular."""

    line: int
    column: int
    message: str
    source: str


def find_syntax_problem(source: str, bundle: Bundle) -> SyntaxProblem | None:
    """Compiles the file in a process of its own; None if it compiles.

    Raises:
        WorkerUnavailable: if the process could not be started.
    """
    try:
        for _ in range(_ATTEMPTS):
            parsed = subprocess.run(
                bundle.parse_command(),
                input=source.encode(),
                capture_output=True,
                timeout=PARSE_S,
                env=bundle.environment(),
                check=False,
            )
            # Killed from outside: no file can do that to its own parser.
            if parsed.returncode != _KILLED:
                break
        else:
            raise OSError("it was killed each time")
    except subprocess.TimeoutExpired:
        return SyntaxProblem(0, 0, f"the file takes over {PARSE_S:g} s to parse", "")
    except OSError as error:
        raise WorkerUnavailable(
            f"Python could not be started: {error}",
            "sandbox",
            "Check that the environment is complete: `make clean`, then try again.",
        ) from error
    reply = parsed.stdout
    if reply == b"ok":
        return None
    lines = reply.decode("utf-8", "replace").splitlines()
    if len(lines) < 3 or not (lines[0].isdigit() and lines[1].isdigit()):
        return SyntaxProblem(0, 0, "the file ends the Python parser", "")
    return SyntaxProblem(
        int(lines[0]), int(lines[1]), lines[2], "".join(lines[3:4]).rstrip()
    )
