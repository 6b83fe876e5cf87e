"""Right answers, and the data that checks draw. Trusted side only."""

import numpy as np

from graders.checks import Artifact, Asks, Student, Verdict, failed

# Part of every hidden array and of every hidden sum: no report may show either.
HIDDEN_NUMBER = 918_273_645
HIDDEN_TOTAL = 1_234_098_765
NUM_INPUTS, NUM_CLASSES = 4, 3


def standardised(x: np.ndarray) -> np.ndarray:
    centred = x - x.mean(axis=1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(axis=1, keepdims=True))


def hidden_numbers(rng: np.random.Generator, size: int) -> np.ndarray:
    """Integers in any order that add up to `HIDDEN_TOTAL`."""
    numbers = rng.integers(-1_000, 1_000, size)
    rest = HIDDEN_TOTAL - HIDDEN_NUMBER - int(numbers.sum())
    return rng.permutation(np.append(numbers, [HIDDEN_NUMBER, rest]))


def blobs(
    rng: np.random.Generator, centres: np.ndarray, per_class: int
) -> tuple[np.ndarray, np.ndarray]:
    """Points around a centre for each class, in any order, with their classes."""
    y = rng.permutation(np.repeat(np.arange(NUM_CLASSES), per_class))
    x = centres[y] + rng.normal(scale=0.4, size=(len(y), NUM_INPUTS))
    return x.astype(np.float32), y


def drawn_centres(rng: np.random.Generator) -> np.ndarray:
    """Well separated centres, in other directions each time."""
    directions, _ = np.linalg.qr(rng.normal(size=(NUM_INPUTS, NUM_INPUTS)))
    return 2.5 * directions[:NUM_CLASSES] + rng.normal(scale=0.3, size=NUM_INPUTS)


def clean_artifact(
    student: Student, clean_room: Asks, model: object, of: str, seed: int
) -> Artifact:
    """The model as evidence; one that needs the submission's classes is refused."""
    artifact = Artifact(student, clean_room, model, of=of, seed=seed)
    if not (artifact.is_clean and artifact.built):
        raise Verdict(
            failed(
                f"{of} returned a model that cannot be rebuilt from layers of Keras.",
                fix="Use layers of keras.layers, and give the input's shape.",
            )
        )
    return artifact
