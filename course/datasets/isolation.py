"""Keeping TensorFlow Datasets from disturbing the program that calls it."""

import contextlib
import io
import random
from collections.abc import Iterator


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Hides the lines and progress bars that TFDS prints.

    >>> with quiet():
    ...     print("hidden")
    """
    import tensorflow_datasets as tfds

    tfds.disable_progress_bar()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        tfds.enable_progress_bar()


@contextlib.contextmanager
def own_randomness() -> Iterator[None]:
    """Lets TFDS draw the name of its work folder without a seed, then puts the
    state back. Otherwise two processes with one seed would share the folder, and
    a seeded lesson would change on the day its data is generated.

    >>> random.seed(0)
    >>> with own_randomness():
    ...     _ = random.random()
    >>> round(random.random(), 3)  # the first draw after seed 0
    0.844
    """
    state = random.getstate()
    random.seed()
    try:
        yield
    finally:
        random.setstate(state)
