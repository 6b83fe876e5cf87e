"""Reading prepared data sets: NumPy arrays, or `tf.data` made from them."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from course.datasets.catalog import DatasetCard, check_split, find_card
from course.datasets.folders import data_folder, version_folder
from course.datasets.preparing import open_builder, prepare
from course.errors import DataFolderUnusable

if TYPE_CHECKING:
    import numpy as np
    import tensorflow as tf
    from numpy.typing import NDArray

_TRAIN: Final = {"train": "train[:50000]", "validation": "train[50000:]"}


def load_arrays(
    name: str, split: str, data_dir: str | os.PathLike[str] | None = None
) -> "tuple[NDArray[Any], NDArray[np.int64]]":
    """Loads one split as NumPy arrays, preparing the data set if need be.

    The order is always the same: ascending `index`. For the digits that is the
    order of the writers, so shuffle before you cut a split further.
    Only `fashion_mnist` imports TensorFlow.

    Args:
        name: `"digits"`, `"shifted_digits"`, `"paragraphs"` or `"fashion_mnist"`.
        split: `"train"`, `"validation"` or `"test"`.
        data_dir: The data folder; by default see `docs/data.md`.

    Returns:
        Images (N, height, width, 1) uint8, or for `paragraphs` texts (N,) str,
        and labels (N,) int64. Ink is 0 to 16 in the digits, 0 to 255 in
        `fashion_mnist`.

    Raises:
        UnknownName: if there is no such data set or split.
        CourseError: as `prepare` does, or if the files were damaged.

    >>> x, y = load_arrays("shifted_digits", "test")
    >>> x.shape, y.shape
    ((359, 12, 12, 1), (359,))
    """
    columns = load_columns(name, split, data_dir)
    return columns[find_card(name).content], columns["label"]


def load(
    name: str,
    split: str,
    as_supervised: bool = True,
    data_dir: str | os.PathLike[str] | None = None,
) -> "tf.data.Dataset":
    """Loads one split as a `tf.data.Dataset`, one image or text at a time.

    It is made from `load_arrays`' arrays, in their order, since TFDS cannot read
    ArrayRecord files into `tf.data`. Add `.shuffle` and `.batch`.

    Args:
        name, split, data_dir: As for `load_arrays`.
        as_supervised: Yield `(image, label)` or `(text, label)`, not a dict that
            also has `index`.

    Returns:
        Images (height, width, 1) uint8, or texts () string, which is UTF-8; and
        labels () int64.

    Raises:
        CourseError: as `load_arrays` does.

    >>> digits = load("digits", "test")
    >>> int(digits.cardinality())
    359
    """
    import tensorflow as tf

    columns = load_columns(name, split, data_dir)
    if as_supervised:
        pair = columns[find_card(name).content], columns["label"]
        return tf.data.Dataset.from_tensor_slices(pair)
    return tf.data.Dataset.from_tensor_slices(columns)


def load_columns(
    name: str, split: str, data_dir: str | os.PathLike[str] | None = None
) -> "dict[str, NDArray[Any]]":
    """Loads one split as `load_arrays` does, with its `index`.

    Returns:
        `image` (N, height, width, 1) uint8 or `text` (N,) str, `label` (N,) int64
        and `index` (N,) int64, ascending: for the digits the position in
        scikit-learn's array, for `paragraphs` the position among all 700, for
        `fashion_mnist` the position in the split.

    >>> load_columns("digits", "test")["index"].shape
    (359,)
    """
    card = find_card(name)
    check_split(split)
    folder = data_folder(data_dir)
    prepare(name, data_dir=data_dir)
    try:
        rows = (_read_online if card.online else _read_offline)(card, split, folder)
        return _by_index(rows, card.content)
    except ImportError:
        raise
    except Exception as error:  # files that were damaged after they were written
        raise DataFolderUnusable(
            f"{name} cannot be read: {type(error).__name__}: {error}",
            str(version_folder(card, folder)),
            "Delete this folder and try again.",
        ) from error


def _by_index(
    rows: Mapping[str, Sequence[Any]], content: str
) -> "dict[str, NDArray[Any]]":
    import numpy as np

    index = np.asarray(rows["index"], np.int64)
    order = np.argsort(index)
    return {
        content: np.stack(rows[content])[order],  # (N, height, width, 1) or (N,)
        "label": np.asarray(rows["label"], np.int64)[order],  # (N,)
        "index": index[order],  # (N,)
    }


def _read_offline(
    card: DatasetCard, split: str, folder: Path
) -> Mapping[str, Sequence[Any]]:
    source = open_builder(card, folder).as_data_source(split=split)
    rows = source.__getitems__(list(range(len(source))))  # one read, not N
    keys = (card.content, "label", "index")
    columns = {key: [row[key] for row in rows] for key in keys}
    if card.content == "text":  # stored as UTF-8
        columns["text"] = [text.decode() for text in columns["text"]]
    return columns


def _read_online(
    card: DatasetCard, split: str, folder: Path
) -> Mapping[str, Sequence[Any]]:
    import tensorflow_datasets as tfds

    stored = tfds.load(
        f"{card.name}:{card.version}",
        split=_TRAIN.get(split, split),
        data_dir=folder,
        download=False,
        as_supervised=True,
        # one file after another: the order never depends on the number of cores
        read_config=tfds.ReadConfig(interleave_cycle_length=1),
    )
    images, labels = zip(*stored.as_numpy_iterator(), strict=True)
    return {"image": images, "label": labels, "index": range(len(labels))}
