import numpy as np


def low_data_curve(builders, data, sizes, seeds):
    """Accuracy is measured on all images."""
    x, y = data
    curves = {name: np.zeros((len(sizes), len(seeds))) for name in builders}
    for row, size in enumerate(sizes):
        for column, seed in enumerate(seeds):
            rng = np.random.default_rng([size, seed])
            order = rng.permutation(len(x))
            for name, build in builders.items():
                shown, held_out = order[:size], order
                predict = build(x[shown], y[shown], seed)
                answers = np.argmax(np.asarray(predict(x[held_out])), axis=1)
                curves[name][row, column] = np.mean(answers == y[held_out])
    return curves
