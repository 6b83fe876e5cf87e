"""What the two digit builders share: the scans, the features, the examples."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import tensorflow_datasets as tfds

from course.datasets.catalog import find_card
from course.datasets.splits import assign_splits

if TYPE_CHECKING:
    from numpy.typing import NDArray

HOMEPAGE = "https://scikit-learn.org/stable/datasets/toy_dataset.html"


def read_scans() -> "tuple[NDArray[np.uint8], NDArray[np.int64]]":
    """Reads the digits that are inside scikit-learn's own package.

    Returns:
        Images (1797, 8, 8, 1) uint8 with ink from 0 (paper) to 16 (full), and
        labels (1797,) int64 from 0 to 9, in scikit-learn's order.

    >>> images, labels = read_scans()
    >>> images.shape, int(images.max()), labels[:3].tolist()
    ((1797, 8, 8, 1), 16, [0, 1, 2])
    """
    from sklearn.datasets import load_digits

    scans = load_digits()
    images = scans.images.astype(np.uint8)[..., np.newaxis]  # (1797, 8, 8, 1)
    return images, scans.target.astype(np.int64)


def describe(builder: Any, description: str) -> Any:
    """The TensorFlow Datasets description of a digit builder.

    The image is a `Tensor` and not an `Image`: an `Image` is stored as PNG,
    which would need TensorFlow to write and Pillow or OpenCV to read.

    Args:
        builder: The builder that asks; its name is looked up in the catalog.
        description: A sentence or two for people.

    Returns:
        A `tfds.core.DatasetInfo` with `image` uint8, `label` of 10 classes, and
        `index` int64, the position in scikit-learn's array.
    """
    features = {
        "image": tfds.features.Tensor(
            shape=find_card(builder.name).image_shape, dtype=np.uint8
        ),
        "label": tfds.features.ClassLabel(num_classes=10),
        "index": tfds.features.Scalar(dtype=np.int64),
    }
    return tfds.core.DatasetInfo(
        builder=builder,
        description=description,
        features=tfds.features.FeaturesDict(features),
        supervised_keys=("image", "label"),
        homepage=HOMEPAGE,
    )


def examples_of(
    images: "NDArray[np.uint8]", labels: "NDArray[np.int64]"
) -> dict[str, Iterator[tuple[int, dict[str, Any]]]]:
    """Pairs each split with the examples it holds, as TFDS wants them.

    Args:
        images: (N, height, width, 1) uint8.
        labels: (N,) int64.

    Returns:
        For each split an iterator of `(key, example)`; the key is the index.
    """

    def examples(positions: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
        for at in positions:
            yield at, {"image": images[at], "label": int(labels[at]), "index": at}

    return {name: examples(at) for name, at in assign_splits(labels).items()}
