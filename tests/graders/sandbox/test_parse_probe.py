from collections.abc import Iterator

import pytest

from graders.errors import WorkerUnavailable
from graders.sandbox import SyntaxProblem, find_syntax_problem
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


def test_a_python_that_cannot_be_started_is_our_fault():
    gone = Bundle()
    gone.parse_command = lambda: ["/no/such/python"]

    with pytest.raises(WorkerUnavailable) as unavailable:
        find_syntax_problem("x = 1", gone)

    gone.remove()
    assert unavailable.value.what.startswith("Python could not be started")
