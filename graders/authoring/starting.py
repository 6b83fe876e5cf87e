"""A new assignment, whole and small: it grades, and `grade validate` accepts it."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graders.authoring.stubbing import make_stub
from graders.errors import UsageError

SKELETON = Path(__file__).parent / "skeleton"
_NAME = re.compile(r"assignment(?P<number>[0-9]{1,3})_(?P<topic>[a-z][a-z0-9_]*)")


def start_assignment(name: str, project: Path) -> list[Path]:
    """Writes the files of a new assignment; returns them.

    Args:
        name: of its folders, `assignment5_backprop`.
        project: the folder that holds `assignments` and `graders`.

    Raises:
        UsageError: if the name is none, or files of that name are there.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        raise UsageError(
            f"{name!r} cannot be the name of an assignment",
            "NAME",
            "Give a number and a topic, for example `assignment5_backprop`.",
        )
    targets = {
        "assignment": project / "assignments" / name,
        "suite": project / "graders" / "suites" / name,
    }
    for folder in targets.values():
        _require_free(folder)
    topic = found["topic"]
    values = {
        "name": name,
        "number": found["number"],
        "topic": topic,
        "topic_words": topic.replace("_", " "),
    }
    written = [
        path
        for part, folder in targets.items()
        for path in _write_part(part, folder, values)
    ]
    reference = (targets["suite"] / "reference.py").read_text("utf-8")
    stub = targets["assignment"] / f"{topic}.py"
    stub.write_text(make_stub(reference), "utf-8")
    return [*written, stub]


def _require_free(folder: Path) -> None:
    if not folder.parent.is_dir():
        raise UsageError(
            "this is not the folder of a project with assignments",
            str(folder.parent.parent),
            "Go to the folder that holds `assignments` and `graders`.",
        )
    if folder.exists():
        raise UsageError(
            "there is an assignment of that name", str(folder), "Choose another name."
        )


def _write_part(part: str, folder: Path, values: dict[str, str]) -> list[Path]:
    environment = Environment(
        loader=FileSystemLoader(SKELETON / part),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        # Python and YAML, not HTML.
        autoescape=False,
    )
    written = []
    for template in environment.list_templates():
        path = folder / template.removesuffix(".j2")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(environment.get_template(template).render(values), "utf-8")
        written.append(path)
    return written
