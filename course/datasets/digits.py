"""`digits`: scikit-learn's handwritten digits as a TensorFlow Datasets builder."""

from typing import Any, ClassVar, final

import tensorflow_datasets as tfds

from course.datasets.catalog import CATALOG
from course.datasets.handwriting import describe, examples_of, read_scans


@final
class Digits(  # type: ignore[call-arg]  # the base class is untyped
    tfds.core.GeneratorBasedBuilder,  # type: ignore[misc]  # untyped
    skip_registration=True,
):
    """Writes 1797 images (8, 8, 1) uint8, ink 0 to 16, split 60/20/20.

    Build it with `file_format="array_record"`: then neither writing nor
    `as_data_source` imports TensorFlow. `course.datasets.prepare` does so.

    It is not in TFDS's register of names, where a second import of this module,
    by a reload or by a test runner, would be an error.

    >>> import tempfile
    >>> builder = Digits(data_dir=tempfile.mkdtemp(), file_format="array_record")
    >>> builder.info.features["image"].shape
    (8, 8, 1)
    """

    name = "digits"
    # There are no checksums to look up beside the code, and looking needs
    # importlib_resources, which TFDS 4.9.10 imports without requiring it.
    code_path = None
    VERSION = tfds.core.Version(CATALOG["digits"].version)
    RELEASE_NOTES: ClassVar[dict[str, str]] = {"1.0.0": "First version."}

    def _info(self) -> Any:
        return describe(
            self,
            "Handwritten digits, 8x8 pixels, ink from 0 to 16, as bundled with"
            " scikit-learn. Stratified splits, shuffled across writers.",
        )

    def _split_generators(self, dl_manager: Any) -> Any:
        return examples_of(*read_scans())

    def _generate_examples(self) -> Any:
        raise NotImplementedError("_split_generators hands TFDS its examples")
