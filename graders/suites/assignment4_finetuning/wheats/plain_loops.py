"""As short as possible; loops where others use comprehensions."""

import keras
import numpy as np


def attach_head(base, n_classes):
    x = keras.Input(base.inputs[0].shape[1:])
    return keras.Model(x, keras.layers.Dense(n_classes)(base(x, training=False)))


def set_mode(model, base, mode, n_last=1):
    count = 0
    base.trainable = True
    for layer in base.layers[::-1]:
        layer.trainable = False
        if isinstance(layer, keras.layers.BatchNormalization) or not layer.weights:
            continue
        count += 1
        if mode == "full" or (mode == "partial" and count <= n_last):
            layer.trainable = True


def trainable_count(model):
    total = 0
    for array in model.trainable_weights:
        total = total + len(np.ravel(np.asarray(array)))
    return total


def compile_for(model, lr):
    model.compile(
        optimizer={"class_name": "Adam", "config": {"learning_rate": lr}},
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["acc"],
        run_eagerly=False,
    )
    return model


def extract_features(base, x):
    for value in (np.amin(x), np.amax(x)):
        if value < 0 or value > 1:
            raise ValueError(f"not between 0 and 1: {value}")
    return np.array(base(np.array(x, dtype=np.float32)))


def fit_probe(F, y):
    model = keras.Sequential()
    model.add(keras.Input((F.shape[1],)))
    model.add(keras.layers.Dense(int(max(y)) + 1, kernel_regularizer="l2"))
    compile_for(model, 0.02)
    for _ in range(150):
        model.train_on_batch(F, y)
    return model


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    out = {}
    for layer in base.layers:
        layer.trainable = False
    compile_for(model, lr_head)
    out["head"] = model.fit(
        data[0], data[1], epochs=steps[0], batch_size=len(data[1]), verbose=0
    )
    for layer in base.layers:
        if not isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = True
    base.trainable = True
    for layer in base.layers:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
    compile_for(model, lr_full)
    out["full"] = model.fit(
        data[0], data[1], epochs=steps[1], batch_size=len(data[1]), verbose=0
    )
    return out


class LoRADense(keras.layers.Layer):
    def __init__(self, dense, rank, alpha, **kwargs):
        super().__init__(**kwargs)
        self.dense = dense
        self.dense.trainable = False
        self.rank = rank
        self.alpha = alpha
        w = dense.kernel
        self.lora_a = self.add_weight(
            shape=(w.shape[0], rank), initializer="random_uniform", trainable=True
        )
        self.lora_b = self.add_weight(shape=(rank, w.shape[1]), initializer="zeros")

    def call(self, x):
        y = x @ self.dense.kernel + self.dense.bias
        y = y + (x @ self.lora_a) @ self.lora_b * self.alpha / self.rank
        return self.dense.activation(y)

    def merged(self):
        a, b = self.lora_a.numpy(), self.lora_b.numpy()
        w, bias = self.dense.kernel.numpy().copy(), self.dense.bias.numpy()
        for i in range(w.shape[0]):
            for j in range(w.shape[1]):
                w[i, j] += self.alpha / self.rank * sum(a[i] * b[:, j])
        d = keras.layers.Dense(w.shape[1], self.dense.activation)
        d.build((None, w.shape[0]))
        d.set_weights([w, bias])
        return d


class Adapter(keras.layers.Layer):
    def __init__(self, bottleneck, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.down = keras.layers.Dense(bottleneck)
        self.act = keras.activations.get(activation)

    def build(self, input_shape):
        self.up = keras.layers.Dense(
            input_shape[-1], kernel_initializer="zeros", bias_initializer="zeros"
        )
        self.built = True

    def call(self, x):
        y = self.down(x)
        y = self.act(y)
        y = self.up(y)
        return y + x


class SoftPrompt(keras.layers.Layer):
    def __init__(self, length, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.length = length
        self.prompt = None

    def build(self, input_shape):
        self.prompt = self.add_weight(shape=(self.length, input_shape[-1]))

    def call(self, x):
        rows = []
        for _ in range(x.shape[0]):
            rows.append(keras.ops.convert_to_tensor(self.prompt))
        return keras.ops.concatenate([keras.ops.stack(rows), x], axis=1)

    def compute_mask(self, inputs, mask=None):
        if mask is None:
            return None
        rows = []
        for row in np.asarray(mask):
            rows.append([True] * self.length + list(row))
        return np.array(rows, dtype=bool)


def forgetting(model_before, model_after, x_old, y_old):
    lost = 0
    before = np.asarray(model_before(x_old)["old"])
    after = np.asarray(model_after(x_old)["old"])
    for i in range(len(y_old)):
        if before[i].argmax() == y_old[i]:
            lost += 1
        if after[i].argmax() == y_old[i]:
            lost -= 1
    return lost / len(y_old)


def low_data_curve(builders, data, sizes, seeds):
    x, y = data
    out = {}
    for name in builders:
        out[name] = np.zeros((len(sizes), len(seeds)), "float32")
    for i in range(len(sizes)):
        for j in range(len(seeds)):
            keys = np.random.default_rng(seeds[j] * 7919 + sizes[i]).random(len(x))
            order = list(np.argsort(keys))
            few, many = order[: sizes[i]], order[sizes[i] :]
            for name in builders:
                f = builders[name](x[few], y[few], seeds[j])
                good = 0
                for start in range(0, len(many), 7):
                    part = many[start : start + 7]
                    good += np.sum(np.argmax(f(x[part]), 1) == y[part])
                out[name][i, j] = good / len(many)
    return out
