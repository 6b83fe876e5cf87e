"""A submission that looks as if it were of another assignment."""

import re
from collections.abc import Mapping, Set
from pathlib import PurePosixPath

from graders.records import Submission

# Text is searched, not parsed: a parser is run on it in a process of its own, later.
_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)|^(\w+)\s*[:=]", re.MULTILINE)
_GRADED = "It is graded all the same."


def of_another_assignment(
    submission: Submission, defines: Set[str], other_files: Mapping[str, str]
) -> str:
    """A sentence, or two; empty if nothing speaks for it.

    Args:
        submission: what was handed in.
        defines: functions and classes that were asked for; none if nobody knows.
        other_files: of other assignments, and the assignments' names.
    """
    name = PurePosixPath(submission.filename).name
    if other := other_files.get(name):
        return f"It is called {name}, as {other} asks for. {_GRADED}"
    if submission.problem or not defines:
        return ""
    found = {a or b for a, b in _DEFINED.findall(submission.source)}
    if found & defines:
        return ""
    return (
        f"{name} defines nothing that this assignment asks for: is it of another one?"
        f" {_GRADED}"
    )
