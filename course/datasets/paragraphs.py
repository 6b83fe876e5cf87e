"""`paragraphs`: short texts about five topics of a survival guide."""

from collections.abc import Iterator
from typing import Any, ClassVar, final

import numpy as np
import tensorflow_datasets as tfds

from course.datasets.catalog import CATALOG
from course.datasets.splits import assign_splits
from course.datasets.survival_guide import TOPICS
from course.datasets.writing import write_paragraphs


@final
class Paragraphs(  # type: ignore[call-arg]  # the base class is untyped
    tfds.core.GeneratorBasedBuilder,  # type: ignore[misc]  # untyped
    skip_registration=True,
):
    """Writes 700 paragraphs of 110 to 180 characters, split 60/20/20.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> builder = Paragraphs(data_dir=folder, file_format="array_record")
    >>> builder.info.features["label"].names
    ['robots', 'kittens', 'data', 'training', 'supplies']
    """

    name = "paragraphs"
    code_path = None  # see Digits
    VERSION = tfds.core.Version(CATALOG["paragraphs"].version)
    RELEASE_NOTES: ClassVar[dict[str, str]] = {"1.0.0": "First version."}

    def _info(self) -> Any:
        features = {
            "text": tfds.features.Text(),
            "label": tfds.features.ClassLabel(names=[topic.name for topic in TOPICS]),
            "index": tfds.features.Scalar(dtype=np.int64),
        }
        return tfds.core.DatasetInfo(
            builder=self,
            description="Paragraphs of a survival guide, written by a fixed rule"
            " from lists of words. Stratified splits that share no paragraph.",
            features=tfds.features.FeaturesDict(features),
            supervised_keys=("text", "label"),
        )

    def _split_generators(self, dl_manager: Any) -> Any:
        texts, labels = write_paragraphs()

        def examples(positions: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
            for at in positions:
                yield at, {"text": texts[at], "label": labels[at], "index": at}

        splits = assign_splits(np.asarray(labels, np.int64))
        return {name: examples(positions) for name, positions in splits.items()}

    def _generate_examples(self) -> Any:
        raise NotImplementedError("_split_generators hands TFDS its examples")
