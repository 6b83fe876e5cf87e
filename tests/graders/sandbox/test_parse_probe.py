import sys
from collections.abc import Iterator

import pytest

from graders.errors import WorkerUnavailable
from graders.sandbox import SyntaxProblem, find_syntax_problem, parse_probe
from graders.sandbox.bundle import Bundle


@pytest.fixture(scope="module")
def bundle() -> Iterator[Bundle]:
    made = Bundle()
    yield made
    made.remove()


@pytest.mark.parametrize(
    "source",
    [
        "",
        "x = 1\n",
        "def f():\n    return 'ü ☃'\n",
        "1 / 0",
        "x = '\\x1b'",
        "\tx = 1"[1:],
    ],
)
def test_a_file_that_compiles_has_no_problem(bundle, source):
    assert find_syntax_problem(source, bundle) is None


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("x = (1,\n", SyntaxProblem(1, 5, "'(' was never closed", "x = (1,")),
        ("def f()\n    pass\n", SyntaxProblem(1, 8, "expected ':'", "def f()")),
        (
            "def f():\nreturn 1\n",
            SyntaxProblem(
                2,
                1,
                "expected an indented block after function definition on line 1",
                "return 1",
            ),
        ),
        (
            "def f():\n    x = 1\n  return x\n",
            SyntaxProblem(
                3,
                11,
                "unindent does not match any outer indentation level",
                "  return x",
            ),
        ),
        (
            "x = 'abc\n",
            SyntaxProblem(
                1, 5, "unterminated string literal (detected at line 1)", "x = 'abc"
            ),
        ),
        ("return 1\n", SyntaxProblem(1, 1, "'return' outside function", "return 1")),
        ("print 'x'\n", None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_syntax_error_is_told_with_its_place(bundle, source, problem):
    found = find_syntax_problem(source, bundle)

    if problem is None:
        assert found.message.startswith("Missing parentheses in call to 'print'")
        assert found.line == 1
    else:
        assert found == problem


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("(" * 5000 + ")" * 5000, "too many nested parentheses"),
        ("-" * 200_000 + "1", None),
        ("x = " + "+".join(["1"] * 200_000), None),
        ("a" + ".b" * 100_000, None),
    ],
    ids=["brackets", "minus signs", "a long sum", "attributes"],
)
def test_a_file_that_is_too_much_for_the_parser_is_told_so(bundle, source, message):
    found = find_syntax_problem(source, bundle)

    assert found is None or found.message in {
        message,
        "the code is nested too deeply",
        "the file ends the Python parser",
        "too many nested parentheses",
    }


def test_nothing_of_the_file_is_run(bundle, tmp_path):
    mark = tmp_path / "mark"

    problem = find_syntax_problem(f"open({str(mark)!r}, 'w')", bundle)

    assert problem is None
    assert not mark.exists()


@pytest.fixture
def ending(bundle, tmp_path, monkeypatch):
    """Has the first parsers end as a line of Python ends them; gives their number."""

    def end(line: str, times: int):
        starts = tmp_path / "starts"
        starts.touch()
        program = tmp_path / "program.py"
        program.write_text(
            "import os, signal, subprocess, sys\n"
            f"with open({str(starts)!r}, 'a') as file: file.write('x')\n"
            f"if os.path.getsize({str(starts)!r}) <= {times}:\n    {line}\n"
            f"sys.exit(subprocess.run({bundle.parse_command()!r}).returncode)\n"
        )
        monkeypatch.setattr(
            bundle, "parse_command", lambda: [sys.executable, str(program)]
        )
        return lambda: starts.stat().st_size

    return end


# Whoever started the tests may have had a signal ignored.
BY_ITSELF = "signal.signal({0}, signal.SIG_DFL); os.kill(os.getpid(), {0})"


@pytest.mark.parametrize(
    "line",
    [*map(BY_ITSELF.format, (1, 2, 15)), "os.kill(os.getpid(), 9)"],
    ids=["SIGHUP", "SIGINT", "SIGTERM", "SIGKILL"],
)
def test_a_parser_that_somebody_ends_is_started_again(ending, bundle, line):
    starts = ending(line, times=2)

    assert find_syntax_problem("x = 1", bundle) is None
    assert starts() == 3


@pytest.mark.parametrize(
    ("line", "how"),
    [
        (BY_ITSELF.format(15), "SIGTERM"),
        ("os.kill(os.getpid(), 9)", "SIGKILL"),
        ("os._exit(1)", "status 1"),
        ("print('half'); sys.exit()", "status 0"),
    ],
)
def test_a_parser_that_is_ended_each_time_is_our_fault(ending, bundle, line, how):
    ending(line, times=9)

    with pytest.raises(WorkerUnavailable) as unavailable:
        find_syntax_problem("x = 1", bundle)

    assert unavailable.value.what == f"Python ended with {how}, 3 times"


@pytest.mark.parametrize("number", [6, 7, 11])
def test_a_crash_of_the_parser_is_told_of_the_file(ending, bundle, number):
    ending(BY_ITSELF.format(number), times=9)

    problem = find_syntax_problem("x = 1", bundle)

    assert problem == SyntaxProblem(0, 0, "the file ends the Python parser", "")


def test_a_parser_that_hangs_once_is_asked_again(ending, bundle, monkeypatch):
    monkeypatch.setattr(parse_probe, "PARSE_S", 3.0)
    starts = ending("import time; time.sleep(60)", times=1)

    assert find_syntax_problem("x = 1", bundle) is None
    assert starts() == 2


def test_a_file_that_takes_too_long_each_time_is_told_so(ending, bundle, monkeypatch):
    monkeypatch.setattr(parse_probe, "PARSE_S", 0.3)
    ending("import time; time.sleep(60)", times=9)

    problem = find_syntax_problem("x = 1", bundle)

    assert problem == SyntaxProblem(0, 0, "the file takes over 0.3 s to parse", "")


def test_a_python_that_cannot_be_started_is_our_fault():
    gone = Bundle()
    gone.parse_command = lambda: ["/no/such/python"]

    with pytest.raises(WorkerUnavailable) as unavailable:
        find_syntax_problem("x = 1", gone)

    gone.remove()
    assert unavailable.value.what.startswith("Python could not be started")
