"""A layer around the base that always runs it at inference; NumPy for the probe."""

import keras
import numpy as np
from keras import ops


class AtInference(keras.layers.Layer):
    def __init__(self, base):
        super().__init__()
        self.base = base

    def call(self, x):
        return self.base(x, training=False)


def attach_head(base, n_classes):
    inputs = keras.Input(shape=base.input_shape[1:], dtype="float32")
    features = AtInference(base)(inputs)
    return keras.Model(inputs, keras.layers.Dense(n_classes)(features))


def set_mode(model, base, mode, n_last=1):
    movable = []
    for layer in base.layers:
        if len(layer.get_weights()) == 0:
            continue
        if isinstance(layer, keras.layers.BatchNormalization):
            continue
        movable.append(layer)
    if mode == "frozen":
        chosen = set()
    elif mode == "partial":
        chosen = {id(layer) for layer in movable[-n_last:]}
    else:
        chosen = {id(layer) for layer in movable}
    base.trainable = True
    for layer in base.layers:
        layer.trainable = id(layer) in chosen


def trainable_count(model):
    frozen = sum(np.size(w) for w in model.non_trainable_weights)
    return model.count_params() - frozen


def compile_for(model, lr):
    optimizer = keras.optimizers.Adam(float(lr), epsilon=1e-6)
    model.compile(
        optimizer=optimizer,
        loss=keras.losses.SparseCategoricalCrossentropy(
            from_logits=True, reduction="sum_over_batch_size"
        ),
    )
    return model


def extract_features(base, x):
    x = np.asarray(x)
    if np.any((x < 0) | (x > 1)):
        raise ValueError(f"pixels between {x.min()} and {x.max()}")
    frozen = AtInference(base)
    return np.asarray(frozen(x.astype("float32")))


def fit_probe(F, y):
    mean, scale = F.mean(axis=0), F.std(axis=0) + 1e-2
    z = (F - mean) / scale
    n_classes = int(y.max()) + 1
    wanted = np.eye(n_classes)[y]
    kernel, bias = np.zeros((F.shape[1], n_classes)), np.zeros(n_classes)
    for _ in range(300):
        logits = z @ kernel + bias
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        slope = (shares - wanted) / len(y)
        kernel -= 0.3 * (z.T @ slope + 0.01 * kernel)
        bias -= 0.3 * slope.sum(axis=0)
    kernel = kernel / scale[:, None]
    dense = keras.layers.Dense(n_classes)
    inputs = keras.Input((F.shape[1],))
    probe = keras.Model(inputs, dense(inputs))
    dense.kernel.assign(kernel)
    dense.bias.assign(bias - mean @ kernel)
    return probe


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    def phase(mode, lr, number):
        set_mode(model, base, mode)
        compile_for(model, lr)
        return model.fit(
            *data, epochs=number, batch_size=10_000, shuffle=False, verbose=0
        )

    return {
        "head": phase("frozen", lr_head, steps[0]),
        "full": phase("full", lr_full, steps[1]),
    }


class LoRADense(keras.layers.Layer):
    def __init__(self, dense, rank, alpha, **kwargs):
        super().__init__(**kwargs)
        self.dense, self.rank, self.alpha = dense, rank, alpha

    def build(self, input_shape):
        self.dense.trainable = False
        width, units = self.dense.kernel.shape
        self.low = self.add_weight(
            name="A", shape=(width, self.rank), initializer="glorot_normal"
        )
        self.high = self.add_weight(
            name="B", shape=(self.rank, units), initializer="zeros"
        )

    def call(self, x):
        ratio = self.alpha / self.rank
        if self.dense.activation is keras.activations.linear:
            return self.dense(x) + ratio * ops.dot(ops.dot(x, self.low), self.high)
        before = ops.dot(x, self.dense.kernel) + self.dense.bias
        return self.dense.activation(
            before + ratio * ops.dot(ops.dot(x, self.low), self.high)
        )

    def merged(self):
        new = keras.layers.Dense(self.dense.units, self.dense.activation)
        new(np.zeros((1, self.dense.kernel.shape[0]), "float32"))
        kernel = self.dense.kernel + ops.einsum("dr,ru->du", self.low, self.high) * (
            self.alpha / self.rank
        )
        new.set_weights([ops.convert_to_numpy(kernel), self.dense.get_weights()[1]])
        return new


class Adapter(keras.layers.Layer):
    def __init__(self, bottleneck, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.bottleneck, self.kind = bottleneck, activation

    def build(self, input_shape):
        self.down = keras.layers.Dense(self.bottleneck, name="down")
        self.up = keras.layers.Dense(
            input_shape[-1], kernel_initializer="zeros", name="up"
        )

    def call(self, x):
        hidden = keras.layers.Activation(self.kind)(self.down(x))
        return keras.layers.add([x, self.up(hidden)])


class SoftPrompt(keras.layers.Layer):
    supports_masking = True

    def __init__(self, length, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.P = length

    def build(self, input_shape):
        self.vectors = self.add_weight(
            shape=(self.P, input_shape[-1]), initializer="uniform", name="vectors"
        )

    def call(self, x):
        ones = ops.ones((ops.shape(x)[0], 1, 1), dtype=x.dtype)
        return ops.concatenate([ones * self.vectors, x], axis=1)

    def compute_mask(self, inputs, mask=None):
        if mask is None:
            return mask
        mask = np.asarray(mask, bool)
        return np.concatenate([np.full((len(mask), self.P), True), mask], axis=1)


def forgetting(model_before, model_after, x_old, y_old):
    old = [
        np.asarray(model.predict(x_old, verbose=0)["old"]).argmax(axis=-1)
        for model in (model_before, model_after)
    ]
    hits = [np.count_nonzero(answers == y_old) for answers in old]
    return (hits[0] - hits[1]) / len(y_old)


def low_data_curve(builders, data, sizes, seeds):
    x, y = data
    curves = {name: [] for name in builders}
    for size in sizes:
        for name in builders:
            curves[name].append([])
        for seed in seeds:
            rng = np.random.default_rng(seed)
            used = np.zeros(len(x), bool)
            used[rng.choice(len(x), size, replace=False)] = True
            for name, build in builders.items():
                predict = build(x[used], y[used], seed)
                hit = np.argmax(predict(x[~used]), axis=1) == y[~used]
                curves[name][-1].append(hit.mean())
    return {name: np.array(curve) for name, curve in curves.items()}
