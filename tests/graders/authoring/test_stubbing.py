import pytest

from graders.authoring.stubbing import leaked_lines, make_stub
from graders.errors import AssignmentError

REFERENCE = '''def area(r):
    """Area of a circle."""
    # BEGIN SOLUTION A9.1 | lesson L99, section 1
    return 3.141592653589793 * r * r
    # END SOLUTION


# BEGIN SOLUTION-ONLY
def _secret():
    return 1


# END SOLUTION-ONLY
def other():
    # BEGIN SOLUTION A9.2 | lesson L99, section 2
    return 2
    # END SOLUTION
'''


def test_each_body_becomes_an_error_that_names_the_lesson():
    stub = make_stub(REFERENCE)

    assert 'NotImplementedError("A9.1 area: see lesson L99, section 1")' in stub
    assert 'NotImplementedError("A9.2 other: see lesson L99, section 2")' in stub
    assert "_secret" not in stub
    assert "SOLUTION" not in stub


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    # BEGIN SOLUTION A1.1 | L\n    return 1\n",
        "    # END SOLUTION\n",
        "# BEGIN SOLUTION-ONLY\nx = 1\n",
    ],
)
def test_a_marker_without_its_partner_is_refused(text):
    with pytest.raises(AssignmentError, match="without its partner"):
        make_stub(text)


def test_a_solution_line_in_the_stub_is_a_leak():
    stub = make_stub(REFERENCE) + "return 3.141592653589793 * r * r\n"

    assert leaked_lines(REFERENCE, stub) == ["return 3.141592653589793 * r * r"]


CLASS = '''class Tokenizer:
    """Characters as ids."""

    def fit(self, texts):
        # BEGIN SOLUTION A9.3 | lesson L99, section 3
        self.known = sorted(set(texts))
        return self
        # END SOLUTION


def after(x):
    # BEGIN SOLUTION A9.4 | lesson L99, section 4, of a long title that wraps
    return x
    # END SOLUTION
'''


def test_the_body_of_a_method_is_named_with_its_class_at_its_own_indent():
    stub = make_stub(CLASS)

    assert (
        "    def fit(self, texts):\n"
        "        # YOUR CODE HERE (A9.3)\n"
        "        raise NotImplementedError("
        '"A9.3 Tokenizer.fit: see lesson L99, section 3")\n'
        "        # END A9.3\n"
    ) in stub


def test_a_function_after_a_class_is_no_method_and_a_long_line_is_broken():
    stub = make_stub(CLASS)

    assert (
        "    raise NotImplementedError(\n"
        '        "A9.4 after: see lesson L99, section 4, of a long title that wraps"\n'
        "    )\n"
    ) in stub
