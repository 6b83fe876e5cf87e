"""Which files a worker may read beside its own code: Python and its packages.

Nothing of this project is among them, wherever it is installed: a folder that holds
the checks beside what a worker needs is opened entry by entry.
"""

import importlib.util
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_OWN_PACKAGES = ("graders", "course", "assignments")
_NEEDED_PACKAGES = ("numpy", "msgpack", "keras", "tensorflow", "landlockpy")
_ROOT_FOLDERS = ("/lib", "/lib64", "/lib32")
_SYSTEM = ("/usr/lib", "/usr/lib64", "/usr/lib32", "/usr/share/zoneinfo")
_LOADER_CACHE = "/etc/ld.so.cache"


@dataclass(frozen=True, slots=True)
class Places:
    """Paths that exist, in a fixed order.

    Args:
        readable: files, and folders with all below them.
        listable: folders of which the names may be read, and nothing else.
        hidden: folders below a root that are left out.
        roots: folders that hold all that is readable.
    """

    readable: tuple[Path, ...]
    listable: tuple[Path, ...]
    hidden: tuple[Path, ...]
    roots: tuple[Path, ...]


@cache
def package_folders() -> tuple[Path, ...]:
    """Where the packages are that a worker imports."""
    paths = sysconfig.get_paths()
    found = [Path(paths["purelib"]), Path(paths["platlib"])]
    for name in _NEEDED_PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            found.append(Path(spec.origin).resolve().parents[1])
    return tuple(dict.fromkeys(path.resolve() for path in found))


def python_program() -> Path:
    """The interpreter itself, not the link to it in a virtual environment."""
    program = Path(sys.executable)
    # Elsewhere the link knows more than what it leads to.
    return program.resolve() if sys.platform == "linux" else program


@cache
def readable_places() -> Places:
    """What a worker reads, beside its own code."""
    prefix = Path(sys.base_prefix).resolve()
    library = Path(sysconfig.get_paths()["stdlib"]).resolve()
    roots = [
        *(Path(name).resolve() for name in (*_SYSTEM, *_ROOT_FOLDERS)),
        python_program(),
        *([library, prefix / "lib"] if prefix != Path("/usr") else []),
        *package_folders(),
    ]
    kept = _without_nested([path for path in roots if path.exists()])
    hidden = tuple(_hidden())
    readable: list[Path] = []
    listable: list[Path] = []
    for root in kept:
        _open(root, hidden, readable, listable)
    if Path(_LOADER_CACHE).is_file():
        readable.append(Path(_LOADER_CACHE))
    return Places(tuple(readable), tuple(listable), hidden, tuple(kept))


def root_links() -> dict[str, str]:
    """`/lib` and its like, where they are links, and what they lead to."""
    return {
        name: str(Path(name).readlink())
        for name in _ROOT_FOLDERS
        if Path(name).is_symlink()
    }


def _hidden() -> Iterable[Path]:
    """This project's own packages and what its installation left beside them."""
    for name in _OWN_PACKAGES:
        spec = importlib.util.find_spec(name)
        for place in (spec and spec.submodule_search_locations) or ():
            yield Path(place).resolve()
    for folder in package_folders():
        yield from sorted(folder.glob("survival_school-*"))
        for pattern in ("", "__pycache__/"):
            yield from sorted(folder.glob(f"{pattern}__editable__*survival_school*"))


def _open(
    path: Path, hidden: tuple[Path, ...], readable: list[Path], listable: list[Path]
) -> None:
    """Adds a path; entry by entry if something below it is to stay hidden."""
    if path in hidden:
        return
    if not any(item.is_relative_to(path) for item in hidden):
        readable.append(path)
        return
    listable.append(path)
    for entry in sorted(path.iterdir()):
        _open(entry, hidden, readable, listable)


def _without_nested(paths: list[Path]) -> list[Path]:
    """Without those that lie below another one."""
    unique = list(dict.fromkeys(paths))
    return [
        path
        for path in unique
        if not any(path != other and path.is_relative_to(other) for other in unique)
    ]
