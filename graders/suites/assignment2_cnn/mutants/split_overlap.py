"""The test images are drawn from all images a second time."""

import numpy as np
from sklearn.model_selection import train_test_split


def prepare(X, y):
    x = (np.asarray(X, dtype="float32") / 16.0)[..., np.newaxis]
    y = np.asarray(y)
    x_train, x_val, y_train, y_val = train_test_split(
        x, y, train_size=0.6, test_size=0.2, stratify=y, random_state=0
    )
    _, x_test, _, y_test = train_test_split(
        x, y, test_size=0.2, stratify=y, random_state=1
    )
    return (x_train, y_train), (x_val, y_val), (x_test, y_test)
