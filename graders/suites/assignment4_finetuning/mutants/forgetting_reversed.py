import numpy as np


def forgetting(model_before, model_after, x_old, y_old):
    """After minus before."""
    accuracies = [
        np.mean(np.argmax(np.asarray(model(x_old)["old"]), axis=1) == y_old)
        for model in (model_before, model_after)
    ]
    return float(accuracies[1] - accuracies[0])
