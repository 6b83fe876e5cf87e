"""Names under which students are kept: text that is a safe name of a folder."""

import hashlib
import re
import unicodedata

MOST_BYTES = 96
_UNSAFE = re.compile(r"[\s/\\:*?\"<>|$`;&{}()\[\]'!#%^~,]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def ledger_name(text: str) -> str:
    """A name that is a folder's on every system, and stays the same.

    >>> ledger_name("Zoë  O'Neil")
    'Zoë_O_Neil'
    >>> ledger_name("../../etc")
    'etc'
    >>> ledger_name("-rf")
    'rf'
    """
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(
        c if unicodedata.category(c)[0] not in "CZ" else " " for c in composed
    )
    name = _UNSAFE.sub("_", plain).strip("._- ")
    if not name:
        return f"unnamed-{_digest(text)}"
    if _RESERVED.fullmatch(name):
        name = f"{name}_"
    if len(name.encode()) <= MOST_BYTES:
        return name
    short = name.encode()[: MOST_BYTES - 9].decode("utf-8", "ignore")
    return f"{short}-{_digest(text)}"


def folded(text: str) -> str:
    """Equal for names that people take for one another: no case, no marks, no gaps.

    >>> folded("O'Neil, Zoë") == folded("oneil zoe")
    True
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if c.isalnum())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
