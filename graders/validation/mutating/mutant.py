"""A mutant: a correct solution with one fault in it."""

import io
from dataclasses import dataclass

from graders.validation.mutating.operator import Family

_CONTEXT_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A whole file with a single fault.

    Args:
        id: operator, function and a hash of the function's new text. It stays as it
            is when another function of the file changes.
        operator: name of the operator.
        family: "numpy" or "keras".
        function: the function with the fault, or `Class.method`.
        line: where the fault is.
        description: what was changed, in a sentence.
        source: text of the whole file.
        diff: the change as a unified diff.
        reached_by: the functions asked for that reach the faulty one, itself among
            them if it was asked for.
    """

    id: str
    operator: str
    family: Family
    function: str
    line: int
    description: str
    source: str
    diff: str
    reached_by: tuple[str, ...]


def unified_diff(old: str, start: int, end: int, text: str) -> str:
    """The unified diff of putting text in place of `old[start:end]`.

    The place is known, so nothing has to be searched: `difflib` takes a hundred times
    longer on a whole file, and may show another, equal way of changing it.

    >>> print(unified_diff("a\\nb\\nc\\n", 2, 3, "d"), end="")
    @@ -1,3 +1,3 @@
     a
    -b
    +d
     c
    """
    lines = _lines(old)
    first = old.count("\n", 0, start)
    last = old.count("\n", 0, max(start, end - 1)) + 1 if end > start else first + 1
    line_start = old.rfind("\n", 0, start) + 1
    line_end = sum(len(line) for line in lines[:last])
    removed = lines[first:last]
    new = old[line_start:start] + text + old[end:line_end]
    added = _lines(new)
    while removed and added and removed[0] == added[0]:
        removed, added, first = removed[1:], added[1:], first + 1
    while removed and added and removed[-1] == added[-1]:
        removed, added, last = removed[:-1], added[:-1], last - 1
    before = lines[max(first - _CONTEXT_LINES, 0) : first]
    after = lines[last : last + _CONTEXT_LINES]
    around = len(before) + len(after)
    start_line = first - len(before) + 1
    head = (
        f"@@ -{start_line},{around + len(removed)}"
        f" +{start_line},{around + len(added)} @@\n"
    )
    parts = [(" ", before), ("-", removed), ("+", added), (" ", after)]
    body = [mark + line for mark, block in parts for line in block]
    return head + "".join(line if line.endswith("\n") else f"{line}\n" for line in body)


def _lines(text: str) -> list[str]:
    """Lines as Python counts them: `str.splitlines` also ends them at a form feed."""
    return list(io.StringIO(text, newline="\n"))
