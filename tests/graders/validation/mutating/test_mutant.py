import difflib
import io

import pytest

from graders.validation.mutating.mutant import unified_diff

TEXT = "a = 1\nb = 2\nc = [\n    3,\n    4,\n]\nd = 5\ne = 6\nf = 7\n"
CHANGES = {
    "one line": ("b = 2", "b = 3"),
    "the first line": ("a = 1", "a = 0"),
    "the last line": ("f = 7", "f = 8"),
    "a line left out": ("b = 2\n", ""),
    "two lines for one": ("d = 5", "d = 5\nd = 6"),
    "several lines become one": ("[\n    3,\n    4,\n]", "[]"),
    "a part in the middle of several lines": ("3,\n    4", "5,\n    6"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_diff_is_that_of_the_standard_library(change):
    old, new = change
    start = TEXT.index(old)
    whole = TEXT.replace(old, new)
    lines = [list(io.StringIO(text)) for text in (TEXT, whole)]
    standard = "".join(list(difflib.unified_diff(*lines, n=2))[2:])

    assert unified_diff(TEXT, start, start + len(old), new) == standard


def test_an_insertion_is_a_line_that_changed():
    at = TEXT.index("4,")

    diff = unified_diff(TEXT, at, at, "9, ")

    assert diff == "@@ -3,5 +3,5 @@\n c = [\n     3,\n-    4,\n+    9, 4,\n ]\n d = 5\n"


def test_a_form_feed_ends_no_line():
    text = "a = 1\n\x0cb = 2\nc = 3\n"

    diff = unified_diff(text, text.index("3"), text.index("3") + 1, "4")

    assert diff.startswith("@@ -1,3 +1,3 @@\n")
    assert diff.endswith("-c = 3\n+c = 4\n")
