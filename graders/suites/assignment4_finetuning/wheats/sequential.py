"""Sequential models, scikit-learn for the probe, data sets of TensorFlow."""

import random

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops
from sklearn.linear_model import LogisticRegression


def attach_head(base, n_classes):
    return keras.Sequential(
        [layers.Input(base.input_shape[1:]), base, layers.Dense(n_classes)]
    )


def set_mode(model, base, mode, n_last=1):
    assert mode in ("frozen", "partial", "full")
    for layer in model.layers:
        if layer is not base:
            layer.trainable = True
    base.trainable = False
    if mode == "frozen":
        return
    base.trainable = True
    names = [
        layer.name
        for layer in base.layers
        if layer.count_params() and not isinstance(layer, layers.BatchNormalization)
    ]
    if mode == "partial":
        names = names[max(len(names) - n_last, 0) :]
    for layer in base.layers:
        layer.trainable = layer.name in names


def trainable_count(model):
    return sum(int(keras.ops.size(weight)) for weight in model.trainable_weights)


def compile_for(model, lr):
    model.compile(
        "adam",
        keras.losses.SparseCategoricalCrossentropy(True),
        metrics=["sparse_categorical_accuracy"],
    )
    model.optimizer.learning_rate = lr
    return model


def extract_features(base, x):
    if (np.asarray(x) > 1).any() or (np.asarray(x) < 0).any():
        raise ValueError
    parts = [base(image[None], training=False) for image in x]
    return ops.convert_to_numpy(ops.concatenate(parts)).astype("float64")


def fit_probe(F, y):
    fitted = LogisticRegression(C=0.1, max_iter=2000).fit(F, y)
    kernel, bias = fitted.coef_.T, fitted.intercept_
    if kernel.shape[1] == 1:
        kernel, bias = np.hstack([0 * kernel, kernel]), np.append(0, bias)
    dense = layers.Dense(len(bias))
    probe = keras.Sequential([layers.Input((len(kernel),)), dense])
    dense.set_weights([kernel, bias])
    return probe


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    batches = tf.data.Dataset.from_tensors(tuple(data))
    set_mode(model, base, "frozen")
    compile_for(model, lr_head)
    head = model.fit(batches, epochs=steps[0], verbose=0)
    set_mode(model, base, "full")
    compile_for(model, lr_full)
    full = model.fit(batches, epochs=steps[1], verbose=0)
    return {"full": full, "head": head}


class LoRADense(layers.Layer):
    def __init__(self, dense, rank, alpha, **kwargs):
        super().__init__(**kwargs)
        kernel, bias = dense.get_weights()
        self.kernel = self.add_weight(
            shape=kernel.shape,
            initializer=lambda shape, dtype: ops.convert_to_tensor(kernel, dtype),
            trainable=False,
        )
        self.bias = self.add_weight(
            shape=bias.shape,
            initializer=lambda shape, dtype: ops.convert_to_tensor(bias, dtype),
            trainable=False,
        )
        self.factor = alpha / rank
        self.act = dense.activation
        self.A = self.add_weight(
            shape=(kernel.shape[0], rank),
            initializer=keras.initializers.RandomNormal(stddev=0.02),
        )
        self.B = self.add_weight(shape=(rank, kernel.shape[1]), initializer="zeros")

    def whole_kernel(self):
        return self.kernel + self.factor * ops.matmul(self.A, self.B)

    def call(self, x):
        return self.act(ops.matmul(x, self.whole_kernel()) + self.bias)

    def merged(self):
        dense = layers.Dense(self.bias.shape[0], activation=self.act)
        dense.build((None, self.kernel.shape[0]))
        dense.set_weights([np.asarray(self.whole_kernel()), np.asarray(self.bias)])
        return dense


class Adapter(layers.Layer):
    def __init__(self, bottleneck, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.bottleneck, self.activation = bottleneck, activation

    def build(self, input_shape):
        self.detour = keras.Sequential(
            [
                layers.Input((input_shape[-1],)),
                layers.Dense(self.bottleneck, self.activation, bias_initializer="ones"),
                layers.Dense(input_shape[-1], kernel_initializer=layers_zero()),
            ]
        )

    def call(self, x):
        flat = ops.reshape(x, (-1, x.shape[-1]))
        return x + ops.reshape(self.detour(flat), ops.shape(x))


def layers_zero():
    return keras.initializers.Constant(0.0)


class SoftPrompt(layers.Layer):
    def __init__(self, length, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.length = length

    def build(self, input_shape):
        self.table = layers.Embedding(self.length, input_shape[-1])
        self.table.build((None,))

    def call(self, x):
        rows = self.table(ops.arange(self.length))
        rows = ops.broadcast_to(rows, (ops.shape(x)[0], *rows.shape))
        return ops.concatenate([rows, x], axis=-2)

    def compute_mask(self, inputs, mask=None):
        return (
            None
            if mask is None
            else ops.pad(
                ops.cast(mask, "bool"), ((0, 0), (self.length, 0)), constant_values=True
            )
        )


def forgetting(model_before, model_after, x_old, y_old):
    metric = keras.metrics.SparseCategoricalAccuracy()
    results = []
    for model in (model_before, model_after):
        metric.reset_state()
        metric.update_state(y_old, model(x_old)["old"])
        results.append(float(metric.result()))
    return results[0] - results[1]


def low_data_curve(builders, data, sizes, seeds):
    x, y = data
    splits = {}
    for size in sizes:
        for seed in seeds:
            shown = random.Random(f"{size} {seed}").sample(range(len(x)), size)
            rest = [number for number in range(len(x)) if number not in set(shown)]
            splits[size, seed] = shown, rest
    curves = {name: np.empty((len(sizes), len(seeds))) for name in builders}
    for name, build in builders.items():
        for row, size in enumerate(sizes):
            for column, seed in enumerate(seeds):
                shown, rest = splits[size, seed]
                predict = build(x[shown], y[shown], seed)
                answers = np.asarray(predict(x[rest])).argmax(-1)
                curves[name][row, column] = (answers == y[rest]).mean()
    return curves
