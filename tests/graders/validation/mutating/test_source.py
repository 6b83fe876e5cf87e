import ast

import pytest

from graders.validation.mutating.source import Source, quote


def after(source: Source, change) -> str:
    data = source.data
    changed = data[: change.start] + change.text.encode() + data[change.end :]
    return changed.decode()


def first(source: Source, kind: type):
    return next(node for node in ast.walk(source.tree) if isinstance(node, kind))


@pytest.mark.parametrize(
    ("before", "number", "expected"),
    [
        ("f(a, b=1)", 0, "f(a)"),
        ("f(b=1, c=2)", 0, "f(c=2)"),
        ("f(b=1, c=2)", 1, "f(b=1)"),
        ("f((a), b=(1))", 0, "f((a))"),
        ("f(\n    a,\n    b=1,\n)", 0, "f(\n    a,\n)"),
        ("f(b=1,)", 0, "f()"),
    ],
)
def test_an_argument_goes_with_its_comma(before, number, expected):
    source = Source(before)
    argument = first(source, ast.Call).keywords[number]

    assert after(source, source.drop_argument(argument)) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("f()", "f(k=1)"),
        ("f(a)", "f(a, k=1)"),
        ("f((a))", "f((a), k=1)"),
        ("f(a,)", "f(a, k=1)"),
        ("f(\n    a,  # one, two\n)", "f(\n    a, k=1  # one, two\n)"),
        ('f("#", a)', 'f("#", a, k=1)'),
    ],
)
def test_an_argument_is_added_at_the_end(before, expected):
    source = Source(before)
    change = source.add_argument(first(source, ast.Call), "k=1")

    assert after(source, change) == expected


def test_an_operator_is_found_behind_a_comment():
    source = Source("x = (\n    a  # a + b\n    + b\n)")
    formula = first(source, ast.BinOp)

    changed = after(source, source.retoken(formula.left, formula.right, "+", "-"))

    assert changed == "x = (\n    a  # a + b\n    - b\n)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b", "2 * (a + b)"),
        ("-a", "2 * (-a)"),
        ("a", "2 * a"),
        ("g(a)", "2 * g(a)"),
        ("3", "2 * 3"),
    ],
)
def test_a_replacement_gets_parentheses_where_it_needs_them(text, expected):
    source = Source("2 * f(x)")

    assert after(source, source.replace(first(source, ast.Call), text)) == expected


def test_a_statement_goes_with_its_line_and_its_comment():
    source = Source("def f():\n    a = 1  # one\n    return a\n")

    changed = after(source, source.drop_statement(first(source, ast.Assign)))

    assert changed == "def f():\n    return a\n"


def test_the_only_statement_of_a_block_leaves_pass():
    source = Source("if x:\n    a = 1  # one\nelse:\n    pass\n")

    changed = after(source, source.drop_statement(first(source, ast.Assign)))

    assert changed == "if x:\n    pass  # one\nelse:\n    pass\n"


def test_a_value_that_becomes_its_own_name_is_a_statement_left_out():
    source = Source("x = f(x)\ny = x\n")

    assert after(source, source.replace(first(source, ast.Call), "x")) == "y = x\n"


def test_what_is_quoted_stays_on_one_line_and_short():
    assert quote("f(\n    1,\n)") == "`f( 1, )`"
    assert quote("a" * 100) == f"`{'a' * 57}...`"
    assert quote("") == "nothing"
