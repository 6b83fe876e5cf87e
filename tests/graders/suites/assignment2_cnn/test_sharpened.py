"""What mutants have shown to be missing: a new check sees it, and only that."""

import numpy as np
import pytest

from graders.authoring.composing import compose
from graders.records import Outcome
from graders.suites.assignment2_cnn import reference as right
from graders.suites.assignment2_cnn import variations
from graders.suites.assignment2_cnn.given import loss_recorder

DEFAULTS = {
    "def output_size(n: int, k: int, stride: int = 1": "A2.1.sizes",
    "def same_padding(n: int, k: int, stride: int = 1": "A2.1.same_paddings",
    "def conv2d_backward(dout, x, w, stride=(1, 1": "A2.3.small_gradients",
}


def not_passed(record):
    return [f.check for f in record.findings if f.outcome is not Outcome.PASSED]


@pytest.mark.parametrize(("head", "check"), DEFAULTS.items())
def test_a_default_is_checked_once(head, check, grade_text, reference):
    text = reference.replace(head, head[:-1] + "2")

    record = grade_text(text, tasks=["A2.1", "A2.2", "A2.3", "A2.4"])

    assert not_passed(record) == [check]


ONE_AXIS = """
import numpy as np

def named_kernels():
    kernels = _named_kernels()
    kernels["laplace"] = np.outer([1.0, -2.0, 1.0], [0.0, 1.0, 0.0])
    return kernels
"""


def test_a_laplace_along_one_axis_is_none(grade_text, reference):
    text = reference.replace("def named_kernels", "def _named_kernels") + ONE_AXIS

    record = grade_text(text, tasks=["A2.5"])

    assert not_passed(record) == ["A2.5.laplace"]


DEALT = """
def prepare(X, y):
    x = (np.asarray(X, dtype="float32") / 16.0)[..., np.newaxis]
    order = np.argsort(y, kind="stable")
    turn = np.arange(len(order)) % 5
    chosen = [order[turn < 3], order[turn == 3], order[turn == 4]]
    return tuple((x[part], y[part]) for part in chosen)
"""


def test_images_that_are_dealt_by_turns_are_not_shuffled(grade_text, reference):
    record = grade_text(compose(reference, DEALT), tasks=["A2.7"])

    assert not_passed(record) == ["A2.7.representative"]


def test_light_is_measured_at_each_edge():
    lines = variations.lines(8)
    without_right = lines * (np.arange(16) < 15)[:, None]

    assert variations.light_at_edges(lines) == pytest.approx(np.ones(4))
    assert variations.light_at_edges(without_right) == pytest.approx([1, 1, 0, 1])


def test_the_recorder_measures_what_keras_does():
    import keras

    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(50, 8, 8, 1)), rng.integers(0, 10, 50)
    model = right.build_cnn((8, 8, 1), 10)
    model.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    recorder = loss_recorder(model, x, y)

    recorder.on_epoch_end(0)

    assert recorder.losses == pytest.approx([model.evaluate(x, y, verbose=0)], rel=1e-4)


BEST_WEIGHTS = """
class KeepsTheBest(keras.callbacks.Callback):
    best = (float("inf"), None)

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.best[0]:
            self.best = (logs["val_loss"], self.model.get_weights())

    def on_train_end(self, logs=None):
        self.model.set_weights(self.best[1])


def train(model, train, val, epochs, callbacks=()):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(2e-3), loss=loss)
    return model.fit(
        *train,
        validation_data=tuple(val),
        epochs=epochs,
        callbacks=[KeepsTheBest(), *callbacks],
        verbose=0,
    )
"""


@pytest.mark.slow
def test_a_training_may_end_with_its_best_weights(grade_text, reference):
    record = grade_text(compose(reference, BEST_WEIGHTS), tasks=["A2.10"])

    assert not_passed(record) == []
