"""What lies outside the walls: secrets to steal, files to spoil, ears to reach."""

import hashlib
import os
import secrets
import shutil
import socket
import stat
import sysconfig
import tempfile
from pathlib import Path
from typing import Self

REPO = Path(__file__).resolve().parents[2]
VARIABLE = "HOSTILE_SECRET"
_MAX_HASHED = 1 << 22


def new_canary() -> str:
    """Attacks look for this form; the hidden checks hold one of it as well."""
    return f"canary-{secrets.token_hex(12)}"


class Outside:
    """A folder with canaries and spoils, listening sockets, a secret variable."""

    def __init__(self) -> None:
        self.token = secrets.token_hex(6)
        self.folder = Path(tempfile.mkdtemp(prefix="hostile-"))
        self.folder.chmod(0o755)
        self.canaries = {
            name: new_canary() for name in ("file", "name", "other", "variable")
        }
        self._plant()
        os.environ[VARIABLE] = self.canaries["variable"]
        self._listeners = self._listen()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for listener in self._listeners:
            listener.close()
        os.environ.pop(VARIABLE, None)
        shutil.rmtree(self.folder, ignore_errors=True)

    def values(self) -> dict[str, str]:
        """What the names in an attack's text stand for."""
        return {
            "CANARY_FILE": str(self.folder / "secret.txt"),
            "CANARY_DIR": str(self.folder),
            "OTHER_SUBMISSION": str(self.folder / "class" / "student_b" / "work.py"),
            "HANDED_IN": str(self.folder / "class" / "student_a"),
            "GRADES": str(self.folder / "grades.csv"),
            "REPO": str(REPO),
            "SITE": sysconfig.get_paths()["purelib"],
            "PORT": str(self._listeners[0].getsockname()[1]),
            "ABSTRACT": self._abstract,
            "SOCKET": str(self.folder / "socket"),
            "TOKEN": self.token,
            "PID": str(os.getpid()),
        }

    def heard(self) -> list[str]:
        """Whatever reached one of the sockets since the last time."""
        return [
            f"something reached {listener.getsockname()!r}"
            for listener in self._listeners
            for _ in iter(lambda each=listener: _took_something(each), False)
        ]

    def state(self) -> dict[str, str]:
        """Content, mode and time of everything in the folder."""
        return {
            str(path.relative_to(self.folder)): _described(path)
            for path in sorted(self.folder.rglob("*"))
        }

    def _plant(self) -> None:
        root, others = self.folder, self.folder / "class" / "student_b"
        (root / "class" / "student_a").mkdir(parents=True)
        others.mkdir()
        (root / "open").mkdir()
        _write(root / "secret.txt", self.canaries["file"] + "\n", 0o644)
        _write(root / f"{self.canaries['name']}.txt", "", 0o644)
        _write(others / "work.py", f"# {self.canaries['other']}\n", 0o644)
        _write(root / "grades.csv", "student,points\nstudent_a,0\n", 0o666)
        _write(root / "open" / "kept.txt", "to be kept\n", 0o666)
        (root / "open").chmod(0o777)

    def _listen(self) -> list[socket.socket]:
        tcp = socket.create_server(("127.0.0.1", 0))
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(tcp.getsockname())
        named = socket.socket(socket.AF_UNIX)
        named.bind(str(self.folder / "socket"))
        (self.folder / "socket").chmod(0o777)
        self._abstract = f"hostile-{self.token}"
        stream, datagrams = (
            socket.socket(socket.AF_UNIX, kind)
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM)
        )
        stream.bind(f"\0{self._abstract}")
        datagrams.bind(f"\0{self._abstract}-datagrams")
        for listener in (named, stream):
            listener.listen()
        listeners = [tcp, udp, named, stream, datagrams]
        for listener in listeners:
            listener.setblocking(False)
        return listeners


def _took_something(listener: socket.socket) -> bool:
    try:
        if listener.type == socket.SOCK_DGRAM:
            listener.recv(1)
        else:
            listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _write(path: Path, text: str, mode: int) -> None:
    path.write_text(text, "utf-8")
    path.chmod(mode)


def _described(path: Path) -> str:
    status = path.lstat()
    content = ""
    if stat.S_ISREG(status.st_mode) and status.st_size < _MAX_HASHED:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
    changed = 0 if stat.S_ISSOCK(status.st_mode) else status.st_mtime_ns
    attributes = os.listxattr(path, follow_symlinks=False)
    return f"{status.st_mode:o} {status.st_uid} {changed} {content} {attributes}"
