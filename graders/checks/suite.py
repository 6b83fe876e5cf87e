"""An assignment's checks, fixtures and catalogue, loaded from their package."""

import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graders.checks.catalogue import Catalogue
from graders.checks.check import Check, collect_checks, collect_fixtures
from graders.checks.needed_files import needed_files
from graders.checks.reading_catalogue import read_catalogue
from graders.errors import AssignmentError

_GRADERS = Path(__file__).resolve().parents[1]
# They change no finding: the checks do not read them.
_ABOUT_SOLUTIONS = frozenset({"equivalents.yaml", "reference.py", "valid_calls.py"})
_ENGINE = ("checks", "sandbox", "style", "wire", "worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """What judges an assignment.

    Args:
        name: of its package, `graders.suites.assignment2_cnn`.
        folder: where it is.
        groups: checks by the module they are in. The `public…` ones are what a
            student has; the `hidden…` ones are absent from a student's copy. Each
            group has children of its own.
        fixtures: shared steps, by name.
        catalogue: misconceptions, by id.
        sha256: hash of the files that can change a finding.
        group_sha256: the same for each group, of the files that can change its own.
        data_sha256: gives the hash of the data that checks use.
        preparations: what loads the data that a group's checks need, by the group.
    """

    name: str
    folder: Path
    groups: dict[str, tuple[Check, ...]]
    fixtures: dict[str, Callable[..., Any]]
    catalogue: Catalogue
    sha256: str
    group_sha256: dict[str, str]
    data_sha256: Callable[[], str]
    preparations: dict[str, Callable[[], None]]

    @property
    def has_hidden(self) -> bool:
        """Whether this is the instructor's copy."""
        return any(not is_public(group) for group in self.groups)

    def prepare(self, groups: Iterable[str]) -> None:
        """Loads what the checks of some groups need.

        To be called where no other thread imports anything: tensorflow-datasets puts
        another function in the place of Python's import while it is imported.
        """
        for prepare in dict.fromkeys(
            self.preparations[group] for group in groups if group in self.preparations
        ):
            prepare()


def is_public(group: str) -> bool:
    """Whether a group is one that students have.

    >>> is_public("public_keras"), is_public("hidden_arrays")
    (True, False)
    """
    return group.startswith("public")


def load_suite(name: str) -> Suite:
    """Imports the package `name`: every `public….py` and `hidden….py` there is.

    Raises:
        AssignmentError: if there is no such suite, or its catalogue is wrong.
    """
    found = _find(name)
    if found is None or not (found / "public.py").is_file():
        raise AssignmentError(
            f"there is no suite {name!r}",
            str(found or _GRADERS / "suites"),
            "Add a package of that name, with public.py in it.",
        )
    folder = found
    modules = {
        path.stem: vars(importlib.import_module(f"{name}.{path.stem}"))
        for kind in ("public", "hidden")
        for path in sorted(folder.glob(f"{kind}*.py"))
    }
    engine = _engine()
    fixtures: dict[str, Callable[..., Any]] = {}
    for namespace in modules.values():
        fixtures |= collect_fixtures(namespace)
    return Suite(
        name=name,
        folder=folder,
        groups={
            group: collect_checks(namespace, hidden=not is_public(group))
            for group, namespace in modules.items()
        },
        fixtures=fixtures,
        catalogue=read_catalogue(folder / "misconceptions.yaml"),
        sha256=_hash(engine, _files(folder)),
        group_sha256={
            group: _hash(engine, _files_of(f"{name}.{group}", folder))
            for group in modules
        },
        data_sha256=modules["public"].get("data_sha256", _no_data),
        preparations={
            group: namespace["prepare_checks"]
            for group, namespace in modules.items()
            if "prepare_checks" in namespace
        },
    )


def _find(name: str) -> Path | None:
    """The folder of a package that can be imported; None if there is none."""
    try:
        spec = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _no_data() -> str:
    return "none"


def _files(folder: Path) -> set[Path]:
    """The suite's own, and those that all suites share."""
    own = {
        path
        for path in folder.iterdir()
        if path.suffix in (".py", ".yaml") and path.name not in _ABOUT_SOLUTIONS
    }
    return own | set((_GRADERS / "suites").glob("*.py"))


def _files_of(module: str, folder: Path) -> set[Path]:
    """Those that the findings of one group depend on, and all YAML."""
    needed = needed_files(module, ["graders.suites", module.rpartition(".")[0]])
    return _files(folder) & {*needed, *folder.glob("*.yaml")}


def _engine() -> bytes:
    """Hash of the code that runs checks and submissions."""
    return _hash(
        b"", {path for part in _ENGINE for path in (_GRADERS / part).rglob("*.py")}
    ).encode()


def _hash(engine: bytes, files: Iterable[Path]) -> str:
    digest = hashlib.sha256(engine)
    for path in sorted(files, key=lambda path: path.as_posix()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
