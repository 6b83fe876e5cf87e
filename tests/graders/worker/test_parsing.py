import pytest

from graders.worker import parsing


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OverflowError("column offset too large"), "OverflowError: column offset"),
        (SystemError("too many statically nested"), "SystemError: too many"),
        (MemoryError(), "the code is nested too deeply"),
        (RecursionError(), "the code is nested too deeply"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_whatever_stops_the_compiler_is_told(error, told, monkeypatch):
    def refuse(*args, **options):
        raise error

    monkeypatch.setattr(parsing, "compile", refuse, raising=False)

    line, column, message = parsing.parse(b"x = 1").decode().splitlines()

    assert (line, column) == ("0", "0")
    assert message.startswith(told)
