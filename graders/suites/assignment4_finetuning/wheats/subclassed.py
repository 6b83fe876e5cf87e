"""Models and layers as classes, and training by hand."""

import keras
import numpy as np
import tensorflow as tf


class Classifier(keras.Model):
    def __init__(self, base, n_classes):
        super().__init__()
        self.base = base
        self.head = keras.layers.Dense(n_classes, kernel_initializer="he_normal")

    def call(self, x, training=False):
        return self.head(self.base(x, training=False))


def attach_head(base, n_classes):
    model = Classifier(base, n_classes)
    model(np.zeros((1, *base.input_shape[1:]), "float32"))
    return model


def is_normalization(layer):
    return "batchnorm" in type(layer).__name__.lower()


def set_mode(model, base, mode, n_last=1):
    model.trainable = True
    left = {"frozen": 0, "partial": n_last, "full": len(base.layers)}[mode]
    base.trainable = mode != "frozen"
    for layer in reversed(base.layers):
        can_move = bool(layer.weights) and not is_normalization(layer)
        layer.trainable = can_move and left > 0
        left -= can_move


def trainable_count(model):
    count = 0
    for weight in model.trainable_variables:
        size = 1
        for length in weight.shape:
            size *= length
        count += size
    return count


def mean_cross_entropy(y, logits):
    return keras.ops.mean(
        keras.losses.sparse_categorical_crossentropy(y, logits, from_logits=True)
    )


def compile_for(model, lr):
    model.compile(
        loss=mean_cross_entropy,
        optimizer=keras.optimizers.Adam(learning_rate=lr, beta_2=0.99),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return model


def extract_features(base, x):
    low, high = float(np.min(x)), float(np.max(x))
    if not (low >= 0 and high <= 1):
        raise ValueError("divide the pixels by their largest value")
    return base.predict(np.asarray(x, "float32"), verbose=0)


def fit_probe(F, y):
    n_classes = len(np.unique(y))
    inputs = keras.layers.Input((F.shape[1],))
    probe = keras.Model(inputs, keras.layers.Dense(n_classes)(inputs))
    optimizer = keras.optimizers.Adam(0.02)
    F, y = tf.constant(F, tf.float32), tf.constant(y, tf.int64)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = mean_cross_entropy(y, probe(F))
        variables = probe.trainable_variables
        optimizer.apply_gradients(
            zip(tape.gradient(loss, variables), variables, strict=True)
        )

    for _ in range(200):
        step()
    return probe


def run_phase(model, x, y, steps):
    history = keras.callbacks.History()
    history.set_model(model)
    history.on_train_begin()
    for number in range(steps):
        loss = model.train_on_batch(x, y)[0]
        history.on_epoch_end(number, {"loss": float(loss)})
    return history


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    x, y = (np.asarray(part) for part in data)
    set_mode(model, base, "frozen")
    head = run_phase(compile_for(model, lr_head), x, y, steps[0])
    set_mode(model, base, "full")
    full = run_phase(compile_for(model, lr_full), x, y, steps[1])
    return dict(head=head, full=full)


class LoRADense(keras.layers.Layer):
    def __init__(self, dense, rank, alpha, **kwargs):
        super().__init__(**kwargs)
        self.inner = dense
        self.inner.trainable = False
        self.rank, self.alpha = rank, alpha
        self.down = keras.layers.Dense(rank, use_bias=False)
        self.up = keras.layers.Dense(
            dense.units, use_bias=False, kernel_initializer="zeros"
        )

    def call(self, x):
        change = self.up(self.down(x)) * (self.alpha / self.rank)
        linear = tf.tensordot(x, self.inner.kernel, 1) + self.inner.bias + change
        return self.inner.activation(linear)

    def merged(self):
        product = keras.ops.matmul(self.down.kernel, self.up.kernel)
        layer = keras.layers.Dense.from_config(self.inner.get_config())
        layer.build((None, self.inner.kernel.shape[0]))
        layer.kernel.assign(self.inner.kernel + product * self.alpha / self.rank)
        layer.bias.assign(self.inner.bias)
        return layer


class Adapter(keras.layers.Layer):
    def __init__(self, bottleneck, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.bottleneck = bottleneck
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        width = input_shape[-1]
        self.w_down = self.add_weight(shape=(width, self.bottleneck))
        self.b_down = self.add_weight(shape=(self.bottleneck,), initializer="zeros")
        self.w_up = self.add_weight(shape=(self.bottleneck, width), initializer="zeros")
        self.b_up = self.add_weight(shape=(width,), initializer="zeros")

    def call(self, x):
        hidden = self.activation(tf.tensordot(x, self.w_down, 1) + self.b_down)
        return tf.tensordot(hidden, self.w_up, 1) + self.b_up + x


class SoftPrompt(keras.layers.Layer):
    def __init__(self, length, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.length = length

    def build(self, input_shape):
        self.prompt = self.add_weight(
            shape=(self.length, input_shape[2]), initializer="zeros"
        )

    def call(self, x):
        prompt = tf.tile(self.prompt[tf.newaxis], [tf.shape(x)[0], 1, 1])
        return tf.concat([prompt, x], 1)

    def compute_mask(self, inputs, mask=None):
        if mask is not None:
            ones = tf.ones([tf.shape(inputs)[0], self.length], tf.bool)
            return tf.concat([ones, tf.cast(mask, tf.bool)], 1)


def old_accuracy(model, x, y):
    right = 0
    for image, label in zip(x, y, strict=True):
        logits = model(image[None], training=False)["old"]
        right += int(np.argmax(logits[0])) == label
    return right / len(y)


def forgetting(model_before, model_after, x_old, y_old):
    before = old_accuracy(model_before, x_old, y_old)
    return before - old_accuracy(model_after, x_old, y_old)


def low_data_curve(builders, data, sizes, seeds):
    x, y = data
    curves = {}
    for name in builders:
        table = []
        for size in sizes:
            row = []
            for seed in seeds:
                numbers = np.random.RandomState(1000 * size + seed).permutation(len(y))
                shown = np.sort(numbers[:size])
                rest = np.setdiff1d(np.arange(len(y)), shown)
                predict = builders[name](x[shown], y[shown], seed)
                right = [np.argmax(predict(x[i : i + 1])[0]) == y[i] for i in rest]
                row.append(sum(right) / len(right))
            table.append(row)
        curves[name] = np.array(table)
    return curves
