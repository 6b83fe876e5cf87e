"""Makes the stub that students receive, from the reference solution.

python -m graders.authoring.stubbing                 writes those of all assignments
python -m graders.authoring.stubbing assignment2     writes one
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from graders.assignments import find_assignment, list_assignments
from graders.errors import AssignmentError

_BEGIN = re.compile(
    r"^(?P<indent>\s*)# BEGIN SOLUTION (?P<task>\S+) \| (?P<lesson>.+)$"
)
_END = re.compile(r"^\s*# END SOLUTION$")
_BEGIN_ONLY, _END_ONLY = "# BEGIN SOLUTION-ONLY", "# END SOLUTION-ONLY"
_CLASS = re.compile(r"^class (\w+)")
_DEF = re.compile(r"^(?P<indent>\s*)def (?P<name>\w+)")
LINE_LENGTH = 88
SUITES = Path(__file__).resolve().parents[1] / "suites"


def make_stub(reference: str) -> str:
    """The reference without its solutions.

    What stands between `# BEGIN SOLUTION task | lesson` and `# END SOLUTION`
    becomes a `NotImplementedError` that names the lesson; what stands between
    `# BEGIN SOLUTION-ONLY` and `# END SOLUTION-ONLY` is left out.

    Raises:
        AssignmentError: if a marker has no partner.

    >>> text = '''def f():
    ...     # BEGIN SOLUTION A2.1 | lesson L13, section 2
    ...     return 1
    ...     # END SOLUTION
    ... '''
    >>> print(make_stub(text))
    def f():
        # YOUR CODE HERE (A2.1)
        raise NotImplementedError("A2.1 f: see lesson L13, section 2")
        # END A2.1
    <BLANKLINE>
    """
    stub: list[str] = []
    function, task, indent, skipping = "", "", "", ""
    for number, line in enumerate(reference.splitlines(), start=1):
        function = _definition(line, function)
        if skipping:
            if (skipping == "body" and _END.match(line)) or line == _END_ONLY:
                if skipping == "body":
                    stub.append(f"{indent}# END {task}")
                skipping = ""
        elif begin := _BEGIN.match(line):
            skipping, task, indent = "body", begin["task"], begin["indent"]
            stub += _not_written(task, function, begin["lesson"], indent)
        elif line == _BEGIN_ONLY:
            skipping = "only"
        elif _END.match(line) or line == _END_ONLY:
            raise _unpaired(number, line)
        else:
            stub.append(line)
    if skipping:
        raise _unpaired(len(reference.splitlines()), "the end of the file")
    return "\n".join(stub) + "\n"


def _definition(line: str, before: str) -> str:
    """Name of the class, function or method that begins; the one before if none does.

    >>> _definition("    def fit(self):", "CharTokenizer.__init__")
    'CharTokenizer.fit'
    """
    if found := _CLASS.match(line):
        return f"{found.group(1)}."
    if found := _DEF.match(line):
        kind = before.split(".")[0]
        return f"{kind}.{found['name']}" if found["indent"] else found["name"]
    return before


def _not_written(task: str, function: str, lesson: str, indent: str) -> list[str]:
    """What stands in the place of a solution."""
    text = f"{task} {function}: see {lesson}"
    line = f'{indent}raise NotImplementedError("{text}")'
    if len(line) > LINE_LENGTH:
        line = f'{indent}raise NotImplementedError(\n{indent}    "{text}"\n{indent})'
    return [f"{indent}# YOUR CODE HERE ({task})", line]


def leaked_lines(reference: str, stub: str, shortest: int = 20) -> list[str]:
    """Lines of solutions that stand in the stub too, if they are long enough."""
    kept = {line.strip() for line in stub.splitlines()}
    without = {line.strip() for line in make_stub(reference).splitlines()}
    solutions = {line.strip() for line in reference.splitlines()} - without
    return sorted(line for line in solutions & kept if len(line) >= shortest)


def _unpaired(number: int, line: str) -> AssignmentError:
    return AssignmentError(
        f"a solution marker without its partner: {line.strip()}",
        f"reference.py:{number}",
        "Close each BEGIN SOLUTION with an END SOLUTION.",
    )


def main(names: Sequence[str]) -> None:
    """Writes the stubs of some assignments; of all if none is named."""
    for listing in map(find_assignment, names) if names else list_assignments():
        reference = (SUITES / listing.name / "reference.py").read_text("utf-8")
        (listing.folder / listing.file).write_text(make_stub(reference), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
