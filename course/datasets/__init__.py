"""The course's data sets, as NumPy arrays or as `tf.data`.

`digits`, `shifted_digits` and `paragraphs` are made on first use and need no
network. `fashion_mnist` is downloaded, and only when you allow it. `docs/data.md`
describes all four.

Importing this package imports neither TensorFlow, TensorFlow Datasets, NumPy
nor scikit-learn; each is imported by the first call that needs it.

>>> from course.datasets import load_arrays
>>> x, y = load_arrays("digits", "train")
>>> x.shape, x.dtype, y.shape
((1078, 8, 8, 1), dtype('uint8'), (1078,))
"""

from course.datasets.preparing import prepare
from course.datasets.reading import load, load_arrays

__all__ = ["load", "load_arrays", "prepare"]
