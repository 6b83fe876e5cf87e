"""`grade`, run in this process: a fraction of the time of a process of its own."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from graders.cli import main as grade


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str


def runner(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """What runs `grade` with some arguments."""

    def run(*arguments: object) -> Done:
        monkeypatch.setattr("sys.argv", ["grade", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            grade.main()
        captured = capsys.readouterr()
        return Done(int(ended.value.code or 0), captured.out, captured.err)

    return run
