"""A rubric whose marks would change has to have another version."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from graders.errors import AssignmentError
from graders.rubric.policy import Policy
from graders.rubric.reading import Rubric


def marks_sha256(rubric: Rubric) -> str:
    """Hash of all that alters marks, and of nothing else.

    Points, checks, bonus, manual points, points for style, thresholds, and what the
    policy says of due dates, lateness, attempts and groups. Not titles, lessons,
    words for levels, limits, packages, or when hidden findings are shown. The order of
    keys and items, and 10 in place of 10.0, make no difference.
    """
    text = json.dumps(_of_marks(rubric), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def require_new_version(rubric: Rubric, known: Mapping[int, str]) -> None:
    """Refuses a rubric that marks otherwise than one of its version did.

    Args:
        rubric: as it is now.
        known: the `marks_sha256` of each version that has given marks.

    Raises:
        AssignmentError: if its version is known with another hash, or is not known
            and lower than one that is.
    """
    version = rubric.version
    if version in known:
        if known[version] == marks_sha256(rubric):
            return
        what = f"marks would change, while the version stays {version}"
    elif version < max(known, default=0):
        what = f"version {version} is new, and lower than version {max(known)}"
    else:
        return
    fix = f"Raise `version` to {max(known) + 1}."
    raise AssignmentError(what, "rubric.yaml, `version`", fix)


def _of_marks(rubric: Rubric) -> dict[str, Any]:
    style, policy = rubric.style, rubric.policy or Policy()
    return {
        "tasks": {
            task.id: {"checks": task.checks, "bonus": task.bonus}
            for task in rubric.tasks
        },
        "manual": {item.id: item.points for item in rubric.manual},
        "gates": {
            name: [gate.task, gate.at_least, gate.at_most]
            for name, gate in rubric.gates.items()
        },
        # Without points, style is advice.
        "style": style.model_dump(mode="json") if style and style.points else None,
        # A key that is left out is the same as its default, and stays so.
        "policy": policy.model_dump(
            mode="json", exclude={"hidden_items"}, exclude_defaults=True
        ),
    }
