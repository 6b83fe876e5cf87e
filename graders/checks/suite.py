"""An assignment's checks, fixtures and catalogue, loaded from `graders.suites`."""

import hashlib
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.checks.catalogue import Catalogue
from graders.checks.check import Check, collect_checks, collect_fixtures
from graders.checks.reading_catalogue import read_catalogue
from graders.errors import AssignmentError

_SUITES = Path(__file__).resolve().parents[1] / "suites"
_ENGINE = ("checks", "rubric", "sandbox", "wire", "worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """What judges an assignment.

    Args:
        name: folder in `graders/suites`.
        folder: where it is.
        groups: checks by the module they are in. `public` is what a student has;
            the `hidden…` ones are absent from a student's copy. Each group has
            children of its own.
        fixtures: shared steps, by name.
        catalogue: misconceptions, by id.
        sha256: hash of the files that can change a finding.
        data_sha256: gives the hash of the data that checks use.
        prepare: loads what checks need, while workers start.
    """

    name: str
    folder: Path
    groups: dict[str, tuple[Check, ...]]
    fixtures: dict[str, Callable[..., Any]]
    catalogue: Catalogue
    sha256: str
    data_sha256: Callable[[], str]
    prepare: Callable[[], None]

    @property
    def has_hidden(self) -> bool:
        """Whether this is the instructor's copy."""
        return len(self.groups) > 1


def load_suite(name: str) -> Suite:
    """Imports a suite: `public.py`, and every `hidden….py` there is.

    Raises:
        AssignmentError: if there is no such suite, or its catalogue is wrong.
    """
    folder = _SUITES / name
    if not (folder / "public.py").is_file():
        raise AssignmentError(
            f"there is no suite {name!r}", str(folder), "Add public.py to that folder."
        )
    modules = {
        path.stem: vars(importlib.import_module(f"graders.suites.{name}.{path.stem}"))
        for path in [folder / "public.py", *sorted(folder.glob("hidden*.py"))]
    }
    fixtures: dict[str, Callable[..., Any]] = {}
    for namespace in modules.values():
        fixtures |= collect_fixtures(namespace)
    return Suite(
        name=name,
        folder=folder,
        groups={
            group: collect_checks(namespace, hidden=group != "public")
            for group, namespace in modules.items()
        },
        fixtures=fixtures,
        catalogue=read_catalogue(folder / "misconceptions.yaml"),
        sha256=_hash(folder),
        data_sha256=modules["public"].get("data_sha256", _no_data),
        prepare=modules["public"].get("prepare_checks", lambda: None),
    )


def _no_data() -> str:
    return "none"


def _hash(folder: Path) -> str:
    """Of the suite's own files and of the engine's code."""
    files = [path for path in folder.iterdir() if path.suffix in (".py", ".yaml")]
    for part in _ENGINE:
        files += (folder.parents[1] / part).rglob("*.py")
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.as_posix()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
