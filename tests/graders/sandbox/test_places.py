import importlib.util
import sys
import sysconfig
from importlib.machinery import PathFinder
from pathlib import Path

import numpy as np
import pytest

from graders.sandbox import places
from graders.sandbox.places import (
    Places,
    package_folders,
    python_program,
    readable_places,
    root_links,
)

OWN = ("graders", "course", "assignments")
INSTALLATION = (
    "survival_school-0.1.0.dist-info/RECORD",
    "__editable__.survival_school-0.1.0.pth",
    "__editable___survival_school_0_1_0_finder.py",
    "__pycache__/__editable___survival_school_0_1_0_finder.cpython-311.pyc",
)
OTHERS = ("numpy/__init__.py", "six.py", "survival/__init__.py", "__pycache__/six.pyc")


def is_readable(path: Path, found: Places) -> bool:
    return any(path.is_relative_to(opened) for opened in found.readable)


@pytest.fixture
def fresh(monkeypatch):
    """What is found is kept for good; these tests find something else."""
    for function in (readable_places, package_folders):
        monkeypatch.setattr(places, function.__name__, function.__wrapped__)


@pytest.fixture
def installed(tmp_path, monkeypatch, fresh):
    """Site packages that hold this project's packages beside others."""
    site = tmp_path.resolve() / "lib" / "site-packages"
    names = [f"{name}/{file}" for name in OWN for file in ("__init__.py", "x/y.py")]
    for name in (*names, *INSTALLATION, *OTHERS):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    paths = sysconfig.get_paths()
    there = {**paths, "purelib": str(site), "platlib": str(site)}
    monkeypatch.setattr(sysconfig, "get_paths", lambda: there)
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name: PathFinder.find_spec(name, [str(site)]),
    )
    return site


def test_nothing_of_an_editable_installation_is_readable():
    found = readable_places()

    own = [importlib.util.find_spec(name) for name in OWN]
    folders = [Path(place) for spec in own for place in spec.submodule_search_locations]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    left = [
        file
        for folder in package_folders()
        for file in folder.rglob("*survival_school*")
        if "tests" not in file.parts
    ]
    assert len(files) > 50
    assert not [file for file in (*folders, *files, *left) if is_readable(file, found)]


@pytest.mark.parametrize("name", [*(f"{name}/x/y.py" for name in OWN), *INSTALLATION])
def test_nothing_of_an_installation_beside_other_packages_is_readable(installed, name):
    found = places.readable_places()

    assert (installed / name).exists()
    assert not is_readable(installed / name, found)


@pytest.mark.parametrize("name", OTHERS)
def test_the_packages_beside_it_are_readable(installed, name):
    found = places.readable_places()

    assert is_readable(installed / name, found)


def test_a_folder_that_holds_something_hidden_is_opened_entry_by_entry(installed):
    found = places.readable_places()

    assert installed in found.listable
    assert installed not in found.readable
    assert installed / "numpy" in found.readable
    assert installed / "six.py" in found.readable
    assert installed in found.roots
    assert installed / "graders" in found.hidden


def test_a_project_below_a_root_is_closed_however_deep_it_lies(installed, monkeypatch):
    inner = installed / "numpy" / "deep" / "graders"
    inner.mkdir(parents=True)
    (inner / "__init__.py").touch()
    spec = PathFinder.find_spec("graders", [str(inner.parent)])
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: spec if name == "graders" else None
    )

    found = places.readable_places()

    assert not is_readable(inner / "__init__.py", found)
    assert is_readable(installed / "numpy" / "__init__.py", found)
    assert {installed, installed / "numpy", inner.parent} <= set(found.listable)


def test_the_interpreter_its_library_and_numpy_are_readable():
    found = readable_places()

    program = python_program()
    assert not program.is_symlink()
    for path in (program, Path(np.__file__), Path(sysconfig.get_paths()["stdlib"])):
        assert is_readable(path.resolve(), found), path


def test_what_is_readable_exists_and_lies_below_a_root():
    found = readable_places()

    assert all(path.exists() for path in (*found.readable, *found.roots))
    beside = {Path("/etc/ld.so.cache")}
    inside = {
        path for path in found.readable if any(map(path.is_relative_to, found.roots))
    }
    assert set(found.readable) - inside <= beside


def test_no_root_lies_below_another_one():
    roots = readable_places().roots

    assert len(set(roots)) == len(roots)
    assert not [
        (one, other)
        for one in roots
        for other in roots
        if one != other and one.is_relative_to(other)
    ]


@pytest.mark.parametrize(
    "path", ["/", "/home", "/root", "/etc/passwd", "/var", "/tmp", "/proc", "/run"]
)
def test_nothing_of_the_machine_beyond_python_is_readable(path):
    found = readable_places()

    assert not is_readable(Path(path), found)
    assert Path(path) not in found.listable


def test_links_at_the_root_lead_into_usr():
    for name, target in root_links().items():
        assert Path(name).is_symlink()
        assert (Path("/") / target).resolve() == Path(name).resolve()


def test_the_link_of_a_virtual_environment_is_not_taken_for_the_interpreter(
    monkeypatch, tmp_path
):
    (tmp_path / "python").symlink_to(Path(sys.executable).resolve())
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))

    program = python_program()

    follows = sys.platform == "linux"
    assert (program == Path(sys.executable).resolve()) is follows
