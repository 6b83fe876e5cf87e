"""This project as a wheel: built from source, or put together as it is installed."""

import base64
import hashlib
import importlib.util
import io
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from graders.errors import GradersError

_NAME = "survival-school"
_SOURCE = ("pyproject.toml", "README.md", "course", "graders", "assignments")
_OF_THE_INSTALLER = ("INSTALLER", "REQUESTED", "RECORD", "direct_url.json")
_BUILD_S = 300


class WheelNotBuilt(GradersError):
    """The project could not be packed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A wheel: its name, which installers read, and its bytes."""

    filename: str
    content: bytes


def make_wheel(root: Path | None = None) -> Wheel:
    """The wheel of this project.

    Args:
        root: where the source is; by default, where this file lies. If it is no
            source, the wheel is put together from what is installed.

    Raises:
        WheelNotBuilt: if neither works.
    """
    root = root or Path(__file__).resolve().parents[3]
    if _is_source(root):
        return _built(root)
    try:
        return repacked(distribution(_NAME))
    except PackageNotFoundError as error:
        raise WheelNotBuilt(
            "neither the source nor an installed package of it was found",
            _NAME,
            "Install the project, or work in a checkout of it.",
        ) from error


def repacked(installed: Distribution) -> Wheel:
    """A wheel of the files that an installer has put in place."""
    name = f"{_NAME.replace('-', '_')}-{installed.version}-py3-none-any.whl"
    stream, rows = io.BytesIO(), []
    info = ""
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in sorted(installed.files or [], key=str):
            path = PurePosixPath(entry)
            if path.parts[0].endswith(".dist-info"):
                info = path.parts[0]
            if not _belongs(path):
                continue
            content = entry.read_binary()
            archive.writestr(zipfile.ZipInfo(str(path)), content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
            hashed = digest.rstrip(b"=").decode()
            rows.append(f"{path},sha256={hashed},{len(content)}")
        rows.append(f"{info}/RECORD,,")
        record = "\n".join(rows) + "\n"
        archive.writestr(zipfile.ZipInfo(f"{info}/RECORD"), record)
    return Wheel(filename=name, content=stream.getvalue())


def _belongs(path: PurePosixPath) -> bool:
    """Whether a file is of the project, not of how it was installed here."""
    if ".." in path.parts or path.suffix == ".pyc":
        return False
    return not (path.parts[0].endswith(".dist-info") and path.name in _OF_THE_INSTALLER)


def _is_source(root: Path) -> bool:
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return False
    return project.get("project", {}).get("name") == _NAME


def _built(root: Path) -> Wheel:
    """By pip, from a copy: a build leaves folders behind that the next would take."""
    with tempfile.TemporaryDirectory() as scratch:
        copy, out = Path(scratch, "source"), Path(scratch, "out")
        copy.mkdir()
        for name in _SOURCE:
            _copy(root / name, copy / name)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        if importlib.util.find_spec("setuptools") and importlib.util.find_spec("wheel"):
            command.append("--no-build-isolation")  # so that no network is needed
        done = subprocess.run(
            [*command, "--wheel-dir", str(out), str(copy)],
            capture_output=True,
            text=True,
            check=False,
            timeout=_BUILD_S,
        )
        found = list(out.glob("*.whl"))
        if done.returncode or len(found) != 1:
            told = done.stderr.strip().splitlines()
            raise WheelNotBuilt(
                f"the wheel could not be built: {told[-1] if told else 'no reason'}",
                str(root),
                "Try `pip wheel --no-deps .` there, and correct what it says.",
            )
        return Wheel(filename=found[0].name, content=found[0].read_bytes())


def _copy(source: Path, target: Path) -> None:
    if source.is_file():
        shutil.copyfile(source, target)
    elif source.is_dir():
        shutil.copytree(
            source, target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", ".*")
        )
