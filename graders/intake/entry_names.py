"""Names of files in a source: hostile text → a path that may be shown, or a reason."""

import re
import unicodedata

MOST_BYTES = 255
MOST_PARTS = 32
_DRIVE = re.compile(r"[A-Za-z]:")
_TURNING = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_LITTER = frozenset({"thumbs.db", "desktop.ini", "icon\r"})


def vetted(raw: str) -> tuple[str, str]:
    """A name as `/`-separated text in Unicode's composed form, and why it is refused.

    Args:
        raw: as the archive or the disk has it.

    Returns:
        The path, and a reason that is empty where there is none.

    >>> vetted("a/./b.py")
    ('a/b.py', '')
    >>> vetted("../b.py")[1]
    'its path leads out of the archive'
    """
    path = unicodedata.normalize("NFC", raw).replace("\\", "/")
    if reason := _in_its_characters(path):
        return path, reason
    if path.startswith("//"):
        return path, "its path names another machine"
    if path.startswith("/"):
        return path, "its path is absolute"
    if _DRIVE.match(path):
        return path, "its path names a drive"
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts:
        return path, "its path leads out of the archive"
    if not parts:
        return path, "it has no name"
    if len(parts) > MOST_PARTS:
        return path, f"it lies more than {MOST_PARTS} folders deep"
    if any(len(part.encode()) > MOST_BYTES for part in parts):
        return path, f"its name is longer than {MOST_BYTES} bytes"
    return "/".join(parts), ""


def same_name(path: str) -> str:
    """Equal for paths that some file system would take for one another."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def is_litter(path: str) -> bool:
    """What systems leave behind: `.DS_Store`, `__MACOSX`, `.ipynb_checkpoints`."""
    return any(
        part.startswith((".", "__")) or part.casefold() in _LITTER
        for part in path.split("/")
    )


def _in_its_characters(path: str) -> str:
    if any("\ud800" <= c <= "\udfff" for c in path):
        return "its name is not UTF-8 text"
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in path):
        return "its name holds a control character"
    if any(c in _TURNING for c in path):
        return "its name holds a character that turns the direction of text"
    return ""
