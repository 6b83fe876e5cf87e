"""What students' functions are called with, and how it is looked at afterwards.

This code runs beside a student's file, and students may read it.
"""

import sys
from typing import Any

import numpy as np

Arrays = list[np.ndarray]

# --- models and layers ------------------------------------------------------


def with_head(base: Any, kernel: np.ndarray, bias: np.ndarray) -> Any:
    """A classifier: a base at inference, and a dense layer with these weights."""
    import keras

    inputs = keras.layers.Input(base.input_shape[1:])
    head = keras.layers.Dense(len(bias))
    model = keras.Model(inputs, head(base(inputs, training=False)))
    head.set_weights([kernel, bias])
    return model


def two_heads(base: Any, old: Arrays, new: Arrays) -> Any:
    """A model with the outputs "old" and "new"; each head is [kernel, bias]."""
    import keras

    inputs = keras.layers.Input(base.input_shape[1:])
    features = base(inputs, training=False)
    heads = {"old": keras.layers.Dense(len(old[1])), "new": keras.layers.Dense(2)}
    model = keras.Model(inputs, {name: head(features) for name, head in heads.items()})
    heads["old"].set_weights(old)
    heads["new"].set_weights(new)
    return model


def dense(kernel: np.ndarray, bias: np.ndarray, activation: str) -> Any:
    """A dense layer that has been built, with these weights."""
    import keras

    layer = keras.layers.Dense(len(bias), activation=activation)
    layer.build((None, len(kernel)))
    layer.set_weights([kernel, bias])
    return layer


def masked_mean(layer: Any, tokens: np.ndarray, table: np.ndarray) -> Any:
    """The mean over what the mask of `layer` leaves, after an embedding of tokens."""
    import keras

    embedding = keras.layers.Embedding(len(table), table.shape[1], mask_zero=True)
    embedding.build((None, None))
    embedding.set_weights([table])
    return keras.layers.GlobalAveragePooling1D()(layer(embedding(tokens)))


# --- looking at them --------------------------------------------------------


def flags(model: Any, base: Any) -> dict[str, list[bool]]:
    """Which weights training would move: in the order of `base.weights`, and others."""
    trained = {id(weight) for weight in model.trainable_weights}
    inside = {id(weight) for weight in base.weights}
    return {
        "base": [id(weight) in trained for weight in base.weights],
        "others": [id(w) in trained for w in model.weights if id(w) not in inside],
    }


def parts(model: Any, base: Any) -> dict[str, Any]:
    """Whether all of a base is inside a model, and the weights that are not of it."""
    own = {id(weight) for weight in model.weights}
    inside = {id(weight) for weight in base.weights}
    return {
        "shared": inside <= own,
        "others": [np.asarray(w) for w in model.weights if id(w) not in inside],
    }


def values(model: Any) -> Arrays:
    """Its weights, as arrays in the order of `model.weights`."""
    return [np.asarray(weight) for weight in model.weights]


def set_values(model: Any, new: Arrays) -> None:
    """Gives a model other weights."""
    model.set_weights(new)


def set_by_shape(layer: Any, new: Arrays) -> None:
    """Gives each weight the array of its own shape, if there is one."""
    by_shape = {array.shape: array for array in new}
    for weight in layer.weights:
        if tuple(weight.shape) in by_shape:
            weight.assign(by_shape[tuple(weight.shape)])


def set_trainable(base: Any, by_layer: list[bool]) -> None:
    """Freezes some layers: one bool per layer, in their order."""
    base.trainable = any(by_layer)
    for layer, trainable in zip(base.layers, by_layer, strict=True):
        layer.trainable = trainable


def is_same(one: Any, other: Any) -> bool:
    """Whether two names mean one object."""
    return one is other


def optimizer_of(model: Any) -> tuple[float, int]:
    """`(learning rate, steps made)` of the optimizer a model was compiled with.

    Zeros for a model that was never compiled: a training loop needs none.
    """
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        return 0.0, 0
    return float(np.asarray(optimizer.learning_rate)), int(optimizer.iterations)


def loss_of(model: Any, x: np.ndarray, y: np.ndarray) -> float:
    """The loss a model was compiled with, for a batch."""
    return float(np.asarray(model.compute_loss(x=x, y=y, y_pred=model(x))))


def compile_with(model: Any, learning_rate: float) -> Any:
    """Adam, and a cross-entropy that takes logits."""
    import keras

    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(learning_rate), loss, metrics=["accuracy"])
    return model


def train(model: Any, x: np.ndarray, y: np.ndarray, steps: int) -> None:
    """Trains a compiled model, the whole batch in each step."""
    for _ in range(steps):
        model.train_on_batch(x, y)


def learn(layer: Any, x: np.ndarray, wanted: np.ndarray, learning_rate: float) -> None:
    """One step of gradient descent on the mean squared error of a layer."""
    import tensorflow as tf

    weights = [weight.value for weight in layer.trainable_weights]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((layer(x) - wanted) ** 2)
    for weight, slope in zip(weights, tape.gradient(loss, weights), strict=True):
        if slope is not None:
            weight.assign_sub(learning_rate * tf.convert_to_tensor(slope))


# --- other tasks' functions, while A4.5 is judged ----------------------------

_OWN: dict[str, Any] = {}


def put_stand_ins(filename: str, by_mode: dict[str, list[bool]]) -> None:
    """Lets right functions answer for `set_mode` and `compile_for` of a file.

    `by_mode` has, for "frozen" and for "full", one bool per layer of the base.
    """
    file = _namespace(filename)

    def set_mode(model: Any, base: Any, mode: str, n_last: int = 1) -> None:
        set_trainable(base, by_mode[mode])

    answers = {"set_mode": set_mode, "compile_for": compile_with}
    _OWN.update({name: file[name] for name in answers if name in file})
    file.update(answers)


def take_stand_ins_away(filename: str) -> None:
    """The file's own functions answer again."""
    _namespace(filename).update(_OWN)
    _OWN.clear()


def _namespace(filename: str) -> dict[str, Any]:
    """What a student's file defines."""
    return vars(sys.modules[filename.rsplit(".", 1)[0]])


# --- A4.9 -------------------------------------------------------------------


class Recorder:
    """Builders that write down which images they are shown, and in which order.

    Image number i of `count` has the pixel value i / count in its first corner. What
    a builder's function answers depends on the number of the image only: the classes
    `answers[name][i]`.
    """

    def __init__(self, answers: dict[str, list[int]]) -> None:
        self.answers = answers
        self.log: list[dict[str, Any]] = []

    def builders(self) -> dict[str, Any]:
        """A builder for each name."""
        return {name: self._builder(name) for name in self.answers}

    def _builder(self, name: str) -> Any:
        def build(x: np.ndarray, y: np.ndarray, seed: Any) -> Any:
            entry: dict[str, Any] = {
                "name": name,
                "seed": int(seed),
                "shown": self._numbers(x),
                "labels": [int(label) for label in np.asarray(y)],
                "asked": [],
            }
            self.log.append(entry)

            def predict(images: Any) -> np.ndarray:
                numbers = self._numbers(images)
                entry["asked"] += numbers
                return np.eye(2, dtype="float32")[
                    np.asarray(self.answers[name])[numbers]
                ]

            return predict

        return build

    def _numbers(self, images: Any) -> list[int]:
        count = len(next(iter(self.answers.values())))
        corner = np.asarray(images)[:, 0, 0, 0]
        return [int(number) for number in np.rint(corner * count)]


def builders_of(recorder: Any) -> dict[str, Any]:
    """Its builders, by name."""
    return recorder.builders()


def log_of(recorder: Any) -> list[dict[str, Any]]:
    """What was written down."""
    return recorder.log
