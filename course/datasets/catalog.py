"""What data sets there are: names, versions, shapes and split sizes.

Nothing here imports a numerical library, so `--help` and `list` are instant.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from course.errors import UnknownName

SPLITS: Final = ("train", "validation", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetCard:
    """One line of the catalog.

    Args:
        name: What `load_arrays` takes, and the TensorFlow Datasets name.
        version: The only version the course reads.
        summary: A few words for `list`.
        image_shape: (height, width, channels); None if the examples are texts.
        num_examples: Images or texts in train, validation and test, in that order.
        online: Whether preparing it needs the network.

    >>> CATALOG["digits"].image_shape
    (8, 8, 1)
    """

    name: str
    version: str
    summary: str
    image_shape: tuple[int, int, int] | None
    num_examples: tuple[int, int, int]
    online: bool

    @property
    def content(self) -> Literal["image", "text"]:
        """What an example is, and the name of its column."""
        return "image" if self.image_shape else "text"


CATALOG: Final[dict[str, DatasetCard]] = {
    card.name: card
    for card in (
        DatasetCard(
            name="digits",
            version="1.0.0",
            summary="handwritten digits from scikit-learn",
            image_shape=(8, 8, 1),
            num_examples=(1078, 360, 359),
            online=False,
        ),
        DatasetCard(
            name="shifted_digits",
            version="1.0.0",
            summary="the same digits, each somewhere on a 12x12 canvas",
            image_shape=(12, 12, 1),
            num_examples=(1078, 360, 359),
            online=False,
        ),
        DatasetCard(
            name="paragraphs",
            version="1.0.0",
            summary="short texts about five topics of a survival guide",
            image_shape=None,
            num_examples=(420, 140, 140),
            online=False,
        ),
        DatasetCard(
            name="fashion_mnist",
            version="3.0.1",
            summary="photographs of clothes, from TensorFlow Datasets",
            image_shape=(28, 28, 1),
            num_examples=(50_000, 10_000, 10_000),
            online=True,
        ),
    )
}


def find_card(name: str) -> DatasetCard:
    """Looks a data set up by name.

    Raises:
        UnknownName: if there is no such data set; the nearest name is suggested.

    >>> find_card("shifted_digits").num_examples
    (1078, 360, 359)
    """
    if name not in CATALOG:
        raise _unknown("data set", name, "name", CATALOG)
    return CATALOG[name]


def check_split(split: str) -> None:
    """Accepts `"train"`, `"validation"` and `"test"`, and nothing else.

    Raises:
        UnknownName: for any other value; the nearest name is suggested.

    >>> check_split("train")
    """
    if split not in SPLITS:
        raise _unknown("split", split, "split", SPLITS)


def _unknown(kind: str, given: str, where: str, known: Iterable[str]) -> UnknownName:
    names = list(known)
    near = difflib.get_close_matches(str(given), names, n=1, cutoff=0.4)
    hint = f'Did you mean "{near[0]}"? ' if near else ""
    return UnknownName(
        f"there is no {kind} called {given!r}",
        where,
        f"{hint}Known: {', '.join(names)}.",
    )
