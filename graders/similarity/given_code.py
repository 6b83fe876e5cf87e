"""What nobody had to copy: the stub, code of the handout, and what else was given."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from graders.errors import UsageError

_FENCE = re.compile(r"^```(?:python|py)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PROMPT = re.compile(r"^\s*(?:>>>|\.\.\.) ?", re.MULTILINE)


def given_texts(folder: Path, more: Iterable[Path] = ()) -> list[str]:
    """Python files of a folder, Python in its Markdown, and other files.

    Args:
        folder: of the assignment, as students receive it; it may be gone.
        more: files that were given beside it.

    Raises:
        UsageError: if one of those cannot be read.
    """
    texts: list[str] = []
    for path in sorted(folder.glob("*")):
        if path.suffix in (".py", ".md"):
            texts += _code(path, path.read_text("utf-8"))
    for path in more:
        try:
            texts += _code(path, path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"{path} cannot be read: {error}",
                "--handout",
                "Name a Python or a Markdown file.",
            ) from error
    return texts


def _code(path: Path, text: str) -> Iterator[str]:
    if path.suffix == ".md":
        for found in _FENCE.finditer(text):
            yield _PROMPT.sub("", found[1])
    else:
        yield text
