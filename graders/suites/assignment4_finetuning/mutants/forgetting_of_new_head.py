import numpy as np


def forgetting(model_before, model_after, x_old, y_old):
    """The new head is asked about the old task."""
    accuracies = [
        np.mean(np.argmax(np.asarray(model(x_old)["new"]), axis=1) == y_old)
        for model in (model_before, model_after)
    ]
    return float(accuracies[0] - accuracies[1])
