"""`shifted_digits`: each digit somewhere on a larger canvas."""

from typing import TYPE_CHECKING, Any, ClassVar, final

import numpy as np
import tensorflow_datasets as tfds

from course.datasets.catalog import CATALOG
from course.datasets.draws import fixed_draw
from course.datasets.handwriting import describe, examples_of, read_scans

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANVAS = 12
DIGIT = 8


def placement(index: int) -> tuple[int, int]:
    """Where the digit's upper left pixel lands: `(row, column)`, each 0 to 4.

    Depends on the index alone, so an image is placed alike in every run.

    >>> placement(0) == placement(0)
    True
    """
    places = CANVAS - DIGIT + 1
    return fixed_draw("row", index) % places, fixed_draw("column", index) % places


def shift(images: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """Puts each digit on an empty canvas, at its own place.

    Args:
        images: (N, 8, 8, 1) uint8, in scikit-learn's order.

    Returns:
        (N, 12, 12, 1) uint8; all ink of the digit is kept.

    >>> shift(np.ones((2, 8, 8, 1), np.uint8)).sum(axis=(1, 2, 3)).tolist()
    [64, 64]
    """
    canvases = np.zeros((len(images), CANVAS, CANVAS, 1), np.uint8)
    for index, image in enumerate(images):
        row, column = placement(index)
        canvases[index, row : row + DIGIT, column : column + DIGIT] = image
    return canvases


@final
class ShiftedDigits(  # type: ignore[call-arg]  # the base class is untyped
    tfds.core.GeneratorBasedBuilder,  # type: ignore[misc]  # untyped
    skip_registration=True,
):
    """Writes 1797 images (12, 12, 1) uint8, with the splits of `digits`.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> builder = ShiftedDigits(data_dir=folder, file_format="array_record")
    >>> builder.info.features["image"].shape
    (12, 12, 1)
    """

    name = "shifted_digits"
    code_path = None  # see Digits
    VERSION = tfds.core.Version(CATALOG["shifted_digits"].version)
    RELEASE_NOTES: ClassVar[dict[str, str]] = {"1.0.0": "First version."}

    def _info(self) -> Any:
        return describe(
            self,
            "The images of `digits`, each at a fixed random place of an empty"
            " 12x12 canvas. Splits hold the same images as those of `digits`.",
        )

    def _split_generators(self, dl_manager: Any) -> Any:
        images, labels = read_scans()
        return examples_of(shift(images), labels)

    def _generate_examples(self) -> Any:
        raise NotImplementedError("_split_generators hands TFDS its examples")
