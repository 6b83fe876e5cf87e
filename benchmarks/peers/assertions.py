"""The assertions, written once: each system's own format gets these very lines.

`exercise/hidden_model.py` is the same list for this project. Here, as is usual in these
systems, everything runs in one process with the student's code, which trains once.
"""

from pathlib import Path

import numpy as np

from benchmarks.exercise.public import MAX_PARAMS, MIN_ACCURACY, MIN_PARAMS, digits

DATA_FILE = "digits.npz"

PREPARE = f"""\
import numpy as np

data = np.load("{DATA_FILE}")
x_train, y_train = data["x_train"], data["y_train"]
x_test, y_test = data["x_test"], data["y_test"]
x_before, y_before = x_train.copy(), y_train.copy()
model = build_model()
trained = train(x_train, y_train)
probabilities = np.asarray(trained(x_test))
"""

ASSERTIONS = {
    "output_shape": """\
assert np.asarray(model(np.zeros((2, 8, 8, 1), np.float32))).shape == (2, 10)
""",
    "number_of_parameters": f"""\
assert {MIN_PARAMS} <= model.count_params() <= {MAX_PARAMS}
""",
    "arguments_unchanged": """\
assert np.array_equal(x_train, x_before) and np.array_equal(y_train, y_before)
""",
    "accuracy": f"""\
assert np.mean(probabilities.argmax(axis=1) == y_test) >= {MIN_ACCURACY}
""",
    "probabilities_sum_to_one": """\
assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-4)
""",
}


def write_data(folder: Path) -> Path:
    """The digits as a file: quicker to read than to import scikit-learn for them.

    That spares every submission of the other systems about a second.
    """
    path = folder / DATA_FILE
    np.savez(path, **digits()._asdict())
    return path
