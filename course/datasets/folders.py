"""Where prepared data lives."""

import os
from pathlib import Path
from typing import Final

from course.datasets.catalog import DatasetCard
from course.errors import DataFolderUnusable

DATA_VARIABLE: Final = "SURVIVAL_SCHOOL_DATA"


def data_folder(data_dir: str | os.PathLike[str] | None = None) -> Path:
    """Chooses the data folder; creates nothing.

    In this order: the argument, the variable `SURVIVAL_SCHOOL_DATA`, and
    `survival_school/tfds` in the user's cache folder (`XDG_CACHE_HOME` when it
    is an absolute path, `~/.cache` otherwise). An empty variable is no variable.

    Raises:
        DataFolderUnusable: if the home folder is needed and cannot be found.

    >>> data_folder("some/folder").as_posix()
    'some/folder'
    """
    chosen = data_dir or os.environ.get(DATA_VARIABLE)
    try:
        if chosen:
            return Path(chosen).expanduser()
        cache = Path(os.environ.get("XDG_CACHE_HOME", ""))
        if not cache.is_absolute():
            cache = Path.home() / ".cache"
    except RuntimeError as error:  # what pathlib raises when there is no home
        raise _not_writable("~", str(error)) from error
    return cache / "survival_school" / "tfds"


def make_folder(folder: Path) -> None:
    """Creates the data folder and makes sure files can be put in it.

    Raises:
        DataFolderUnusable: if it cannot be created or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(str(folder), error.strerror or str(error)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _not_writable(str(folder), "Permission denied")


def version_folder(card: DatasetCard, folder: Path) -> Path:
    """The folder of one data set and version, as TensorFlow Datasets lays it out.

    >>> from course.datasets.catalog import find_card
    >>> version_folder(find_card("digits"), Path("data")).as_posix()
    'data/digits/1.0.0'
    """
    return folder / card.name / card.version


def is_prepared(card: DatasetCard, folder: Path) -> bool:
    """Whether the data set is complete in `folder`.

    TensorFlow Datasets renames a finished folder into place, so the presence
    of its `dataset_info.json` means that the data beside it is complete.
    """
    return (version_folder(card, folder) / "dataset_info.json").is_file()


def _not_writable(where: str, reason: str) -> DataFolderUnusable:
    return DataFolderUnusable(
        f"the data folder cannot be created or written ({reason})",
        where,
        f"Set {DATA_VARIABLE} to a folder that you may write to.",
    )
