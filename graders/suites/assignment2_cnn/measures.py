"""What the gates of A2.9 and A2.10 decide on: accuracies, the answers kept here."""

import numpy as np

from graders.checks import Artifact, Model, Recipe, Verdict, holds
from graders.checks import is_array as array
from graders.records import Finding, Outcome
from graders.suites.assignment2_cnn.data import Split

RECIPE = Recipe(epochs=8, learning_rate=4e-3)
SHIFTED_RECIPE = Recipe(epochs=12, learning_rate=4e-3)
TRY_MORE = (
    "Give the network more kernels or another layer, within the limit of parameters,"
    " and check what each layer does to the shape."
)


def require(finding: Finding) -> None:
    """Ends the check with a finding that is not passed."""
    if finding.outcome is not Outcome.PASSED:
        raise Verdict(finding)


def learned(artifact: Artifact, train: Split, test: Split, recipe: Recipe) -> float:
    """The accuracy on `test` after fresh weights were trained with a recipe."""
    model = artifact.fresh()
    model.fit(train.x, train.y, recipe)
    return accuracy(model, test.x, test.y)


def accuracy(model: Model, x: np.ndarray, labels: np.ndarray) -> float:
    """The share of images whose largest output is at the right class.

    At inference or with `training=True`, whichever is better: the moving averages of
    batch normalization need more steps than there are here, and a model that has them
    is no worse for it. Both are always measured, so that the value has one meaning,
    near a threshold and far from it.

    Raises:
        Verdict: if the model does not give one row of numbers per image.
    """
    shares = []
    for training in (False, True):
        outputs = model(x, training=training)
        require(array(outputs, of="The model", axes="B K", kinds="f"))
        one_row_each = outputs.ndim == 2 and len(outputs) == len(x) and outputs.size > 0
        require(
            holds(
                one_row_each,
                "The model gives no row of outputs per image.",
                fix="End the model with one output per class.",
            )
        )
        shares.append(float(np.mean(outputs.argmax(axis=1) == labels)))
    return max(shares)
