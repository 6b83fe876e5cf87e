"""Putting a data set into the data folder: by generating or by downloading."""

import importlib
import os
import shlex
import tempfile
from pathlib import Path
from typing import Any, Final

from course.datasets.catalog import DatasetCard, find_card
from course.datasets.folders import (
    data_folder,
    is_prepared,
    make_folder,
    version_folder,
)
from course.datasets.isolation import own_randomness, quiet
from course.errors import DataFolderUnusable, DataNotPrepared, DownloadFailed

ONLINE_VARIABLE: Final = "KERAS_COURSE_ONLINE"

_BUILDERS: Final = {
    "digits": "Digits",
    "shifted_digits": "ShiftedDigits",
    "paragraphs": "Paragraphs",
}


def prepare(
    name: str,
    *,
    online: bool = False,
    data_dir: str | os.PathLike[str] | None = None,
) -> Path:
    """Makes a data set ready to load without a network. Twice is harmless.

    Several processes may call this at once for the same data set.

    Args:
        name: A name from the catalog.
        online: Allow a download. `KERAS_COURSE_ONLINE=1` allows it too.
        data_dir: The data folder; by default see `docs/data.md`.

    Returns:
        The folder that holds the data set.

    Raises:
        UnknownName: if there is no such data set.
        DataNotPrepared: if it needs a download and downloads are off.
        DownloadFailed: if the download was tried and did not succeed.
        DataFolderUnusable: if the data folder cannot be written.

    >>> prepare("digits").name
    '1.0.0'
    """
    card = find_card(name)
    folder = data_folder(data_dir)
    if not is_prepared(card, folder):
        if card.online and not (online or os.environ.get(ONLINE_VARIABLE) == "1"):
            raise DataNotPrepared(*_how_to_prepare(card, folder, data_dir))
        make_folder(folder)
        (_download if card.online else _generate)(card, folder)
    return version_folder(card, folder)


def open_builder(card: DatasetCard, folder: Path) -> Any:
    """The TensorFlow Datasets builder of an offline data set.

    Args:
        card: A card whose `online` is false.
        folder: The data folder, prepared or not.

    Returns:
        A `tfds.core.DatasetBuilder` that reads and writes ArrayRecord files.
    """
    module = importlib.import_module(f"course.datasets.{card.name}")
    builder = getattr(module, _BUILDERS[card.name])
    return builder(data_dir=folder, file_format="array_record")


def _generate(card: DatasetCard, folder: Path) -> None:
    """Builds in a private folder and renames it into place, so that nobody sees
    half a data set. Two processes may both build; the first rename wins."""
    done = version_folder(card, folder)
    with tempfile.TemporaryDirectory(prefix=".preparing-", dir=folder) as private:
        with quiet(), own_randomness():
            open_builder(card, Path(private)).download_and_prepare()
        done.parent.mkdir(exist_ok=True)
        try:
            version_folder(card, Path(private)).rename(done)
        except OSError as error:
            if not is_prepared(card, folder):
                raise DataFolderUnusable(
                    f"an incomplete {card.name} is in the way ({error.strerror})",
                    str(done),
                    "Delete this folder and try again.",
                ) from error


def _download(card: DatasetCard, folder: Path) -> None:
    import tensorflow_datasets as tfds

    try:
        builder = tfds.builder(f"{card.name}:{card.version}", data_dir=folder)
        with own_randomness():
            builder.download_and_prepare()
    except Exception as error:  # whatever the network or the server did
        if is_prepared(card, folder):  # another process finished first
            return
        fix = "Check the network connection and run the same command again."
        if isinstance(error, ModuleNotFoundError):
            fix = f"Run `python -m pip install {error.name}` and try again."
        raise DownloadFailed(
            f"{card.name} was not downloaded: {type(error).__name__}: {error}",
            str(folder),
            fix,
        ) from error


def _how_to_prepare(
    card: DatasetCard, folder: Path, data_dir: str | os.PathLike[str] | None
) -> tuple[str, str, str]:
    command = f"python -m course.datasets prepare {card.name} --online"
    if data_dir:
        command += f" --data-dir {shlex.quote(os.fspath(data_dir))}"
    return (
        f"{card.name} must be downloaded once, and is not there yet",
        str(folder),
        f"Run `{command}`, or set {ONLINE_VARIABLE}=1.",
    )
