import pytest

from graders.review.code import MOST_CHARACTERS, MOST_COLUMNS, MOST_LINES, excerpt

FILE = '''\
import os

@first
@second(1,
        2)
def conv(x,
         y):
    """Text
that is not indented.
"""
    if x:
        return 1
# a comment at the margin
    return 2


async def load():
    pass
class Pool:
    def f(self): pass
def one(): return 3
conv(2)
'''


def lines(source, *names):
    shown = excerpt(source, names)
    return [(one.first, one.first + len(one.lines) - 1) for one in shown.pieces]


@pytest.mark.parametrize(
    ("name", "span"),
    [("conv", (3, 14)), ("load", (17, 18)), ("Pool", (19, 20)), ("one", (21, 21))],
)
def test_a_definition_is_shown_from_its_decorators_to_its_last_line(name, span):
    assert lines(FILE, name) == [span]


def test_functions_stand_in_the_order_of_the_file():
    assert lines(FILE, "one", "conv") == [(3, 14), (21, 21)]


def test_a_function_that_is_not_there_is_named():
    shown = excerpt(FILE, ["conv", "pool"])

    assert (shown.missing, shown.whole) == (("pool",), False)


def test_the_whole_file_is_shown_if_no_function_is_found():
    shown = excerpt(FILE, ["pool"])

    assert (shown.missing, shown.whole) == (("pool",), True)
    assert lines(FILE, "pool") == lines(FILE) == [(1, 22)]


def test_a_function_defined_twice_is_shown_twice():
    assert lines("def f(): pass\ndef f(): pass\n", "f") == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    "source",
    [
        "def f(:\n  x = '''",
        "def f():\n\tif 1:\n  return",
        "(" * 5000,
        "-" * 50_000,
        "def f():\n" + "".join(" " * n + "if 1:\n" for n in range(1, 200)),
        "'''" + "\n" * 100_000,
        "\x00\x1b]0;x\x07",
        "",
    ],
)
def test_text_that_is_no_python_is_shown_and_ends_nothing(source):
    assert excerpt(source, ["f"]).pieces[0].lines


def test_in_a_very_long_file_nothing_is_looked_for():
    shown = excerpt("def f(): pass\n" + "x = 1\n" * (MOST_CHARACTERS // 6), ["f"])

    assert shown.whole


def test_of_very_many_lines_the_first_are_shown_and_the_others_counted():
    (piece,) = excerpt("\n" * (MOST_LINES + 1234), ()).pieces

    assert len(piece.lines) == MOST_LINES + 1
    assert piece.lines[-1] == "… 1,234 more lines"


def test_a_very_long_line_is_cut_and_says_so():
    (piece,) = excerpt("x" * (MOST_COLUMNS + 1234), ()).pieces

    assert piece.lines[0].endswith("… 1,234 more characters")
    assert len(piece.lines[0]) < MOST_COLUMNS + 40


def test_what_cannot_be_seen_is_made_visible_and_ends_no_line():
    (piece,) = excerpt("a\x1b[31mb\u202ec\x0cd\u2028e\tf\r\ng", ()).pieces

    assert piece.lines == ("a�[31mb�c�d�e   f", "g")
