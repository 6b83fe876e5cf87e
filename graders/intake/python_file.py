"""One `.py` file → Submission; what cannot be run becomes a finding that says why."""

import hashlib
import io
import os
import stat
import tokenize
from pathlib import Path

from graders.records import Finding, Outcome, Submission

MAX_BYTES = 1024 * 1024
_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive (or a Word file)"),
    (b"\x7fELF", "a compiled program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"\xd0\xcf\x11\xe0", "a Word document"),
)


def read_submission(path: Path, student: str) -> Submission:
    """Reads a file as it was handed in. Never raises for what is in it."""
    try:
        raw = read_regular_file(path, MAX_BYTES + 1)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        return _problem(
            path,
            student,
            b"",
            f"The file cannot be read: {reason}.",
            "Hand it in again.",
        )
    return submission_of(raw, path, student)


def submission_of(raw: bytes, path: Path, student: str) -> Submission:
    """What was handed in, from its bytes: one more than the limit are enough of them.

    Args:
        raw: the content.
        path: what the file is called.
        student: whose it is.
    """
    if len(raw) > MAX_BYTES:
        return _problem(
            path,
            student,
            raw,
            f"The file is larger than {MAX_BYTES // 1024} KiB.",
            "Hand in the Python file only; data does not belong in it.",
        )
    what, fix = _not_python(path, raw)
    if what:
        return _problem(path, student, raw, what, fix)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        source = raw.decode(encoding)
        source.encode()  # Some encodings can say half a character; UTF-8 cannot.
    except (SyntaxError, UnicodeError, LookupError) as error:
        return _problem(
            path,
            student,
            raw,
            f"The file is not UTF-8 text{_line_of(raw, error)}.",
            "Save it with the encoding UTF-8 and hand it in again.",
        )
    return Submission(
        student=student,
        filename=readable(path.name),
        source=source.removeprefix("\ufeff"),
        sha256=hashlib.sha256(raw).hexdigest(),
    )


def no_file(student: str, expected: str, found: str) -> Submission:
    """The submission of a student who handed in nothing that can be graded."""
    return _problem(
        Path(expected),
        student,
        b"",
        f"No Python file was handed in; {found}.",
        f"Hand in {expected}.",
    )


def readable(name: str) -> str:
    """A file's name as text that can be stored, whatever its bytes are."""
    return name.encode("utf-8", "replace").decode()


def read_regular_file(path: Path, most: int) -> bytes:
    """The first bytes of a file; links and devices are refused.

    Raises:
        OSError: if it cannot be read, or is no regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    fd = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError("it is not a regular file")
        return file.read(most)


def _not_python(path: Path, raw: bytes) -> tuple[str, str]:
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            return f"The file is {kind}, not Python.", "Hand in the .py file itself."
    if path.suffix.lower() == ".ipynb" or (
        raw.lstrip()[:1] == b"{" and b'"cells"' in raw
    ):
        return (
            "The file is a Jupyter notebook; only .py files can be graded.",
            "Export it with File > Save and Export Notebook As > Executable Script.",
        )
    if path.suffix.lower() != ".py":
        return (
            f"The file is called {path.name!r}; its name does not end in .py.",
            "Hand in the .py file.",
        )
    if not raw.strip():
        return "The file is empty.", "Check that you saved it, and hand it in again."
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return (
            "The file is UTF-16 text, which Python cannot read.",
            "Save it with the encoding UTF-8 and hand it in again.",
        )
    if b"\0" in raw:
        return "The file holds null bytes, so it is not text.", "Hand in the .py file."
    return "", ""


def _line_of(raw: bytes, error: Exception) -> str:
    position = error.start if isinstance(error, UnicodeDecodeError) else -1
    if position < 0:
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as undecodable:
            position = undecodable.start
    if position < 0:
        return f": {error}"
    return f": line {raw[:position].count(10) + 1} has the byte 0x{raw[position]:02x}"


def _problem(path: Path, student: str, raw: bytes, what: str, fix: str) -> Submission:
    return Submission(
        student=student,
        filename=readable(path.name),
        source="",
        sha256=hashlib.sha256(raw).hexdigest(),
        problem=Finding(
            outcome=Outcome.FAILED,
            what=readable(what),
            where=readable(path.name),
            fix=fix,
        ),
    )
