"""The virtual environment of the other systems, built when it is missing."""

import hashlib
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / ".peers-venv"
REQUIREMENTS = HERE / "requirements.txt"
_SAME_VERSION = ("tensorflow", "keras", "numpy")
_TOLD = ("otter-grader", "nbgrader", "gradescope-utils", *_SAME_VERSION)


def program(name: str) -> str:
    """Path of a program in the environment, `python` or `otter`."""
    return str(FOLDER / "bin" / name)


def build() -> None:
    """Installs the other systems, unless they are there already."""
    pinned = [f"{name}=={version(name)}" for name in _SAME_VERSION]
    wanted = REQUIREMENTS.read_text("utf-8") + "\n".join(pinned)
    stamp = FOLDER / ".ready"
    content = hashlib.sha256(wanted.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text("utf-8") == content:
        return
    print("Building benchmarks/.peers-venv (a few minutes, once) ...", flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
    install = [program("python"), "-m", "pip", "install", "--quiet"]
    install.append("--disable-pip-version-check")
    subprocess.run([*install, "-r", str(REQUIREMENTS), *pinned], check=True)
    stamp.write_text(content, "utf-8")


def versions() -> dict[str, str]:
    """Of what is installed there, by the name of the package."""
    code = (
        "import sys; from importlib.metadata import version;"
        "print('\\n'.join(map(version, sys.argv[1:])))"
    )
    command = [program("python"), "-c", code, *_TOLD]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(zip(_TOLD, done.stdout.split(), strict=True))
