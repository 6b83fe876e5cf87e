"""Assignment 2 on tensors: keras.ops for the numbers, a gradient tape for slopes.

The model is a subclass of keras.Model and the training loop is written by hand.
"""

import keras
import numpy as np
import tensorflow as tf
from keras import ops


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Window positions along one axis."""
    return int((n + 2 * pad - k) // stride + 1)


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros before and after for an output of ceil(n / stride)."""
    positions = (n + stride - 1) // stride
    total = max(stride * (positions - 1) + k - n, 0)
    before, odd = divmod(total, 2)
    return before, before + odd


def _tensors(*arrays):
    """The arrays as tensors of one floating type."""
    dtype = np.result_type(*(np.asarray(array) for array in arrays), np.float32)
    return [ops.convert_to_tensor(np.asarray(a, dtype), dtype.name) for a in arrays]


def _correlate(x, w, b, stride):
    """Cut out one row of windows at a time; contract it with the kernels."""
    kh, kw = w.shape[:2]
    height = output_size(x.shape[1], kh, stride[0])
    width = output_size(x.shape[2], kw, stride[1])
    rows = []
    for i in range(height):
        top = i * stride[0]
        band = x[:, top : top + kh]
        lefts = range(0, width * stride[1], stride[1])
        windows = ops.stack([band[:, :, j : j + kw] for j in lefts], axis=1)
        rows.append(ops.tensordot(windows, w, axes=[[2, 3, 4], [0, 1, 2]]))
    return ops.stack(rows, axis=1) + b


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """Cross-correlation plus bias; gives a tensor."""
    x, w, b = _tensors(x, w, b)
    if padding == "same":
        rows = same_padding(x.shape[1], w.shape[0], stride[0])
        columns = same_padding(x.shape[2], w.shape[1], stride[1])
        x = ops.pad(x, ((0, 0), rows, columns, (0, 0)))
    return _correlate(x, w, b, stride)


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Let the tape differentiate sum(dout * conv2d)."""
    dout, x, w = _tensors(dout, x, w)
    b = ops.zeros(w.shape[-1:], dtype=w.dtype)
    with tf.GradientTape() as tape:
        tape.watch((x, w, b))
        value = ops.sum(dout * _correlate(x, w, b, stride))
    return tuple(slope.numpy() for slope in tape.gradient(value, (x, w, b)))


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """Element-wise maximum of the shifted images."""
    x = ops.convert_to_tensor(np.asarray(x))
    below = (output_size(x.shape[1], size[0], stride[0]) - 1) * stride[0] + 1
    beside = (output_size(x.shape[2], size[1], stride[1]) - 1) * stride[1] + 1
    best = None
    for p in range(size[0]):
        for q in range(size[1]):
            part = x[:, p : p + below : stride[0], q : q + beside : stride[1]]
            best = part if best is None else ops.maximum(best, part)
    return best


def named_kernels():
    """The classic five."""
    sobel = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype="float32")
    return {
        "identity": np.diag([0.0, 1.0, 0.0]).astype("float32"),
        "sobel_x": sobel,
        "sobel_y": np.transpose(sobel),
        "blur": np.ones((3, 3), dtype="float32") / 9,
        "laplace": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype="float32"),
    }


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Build the layer's shapes and count."""
    shapes = [(kh, kw, c_in, c_out)] + ([(c_out,)] if bias else [])
    return int(sum(np.prod(shape) for shape in shapes))


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """Follow the first and the last pixel that one value sees."""
    first = last = 0
    for size, stride in list(layers)[::-1]:
        first, last = first * stride, last * stride + size - 1
    return last - first + 1


def prepare(X, y):
    """Rank the images of each class at random; the rank decides on the split."""
    x = ops.convert_to_numpy(ops.cast(ops.expand_dims(X, -1), "float32") / 16.0)
    y = np.asarray(y)
    rng = np.random.default_rng(2)
    order = rng.permutation(len(y))
    order = order[np.argsort(y[order], kind="stable")]
    _, first, counts = np.unique(y[order], return_index=True, return_counts=True)
    rank = np.arange(len(y)) - np.repeat(first, counts)
    place = (rank + 0.5) / np.repeat(counts, counts)
    split = np.digitize(place, [0.6, 0.8])
    parts = [rng.permutation(order[split == number]) for number in range(3)]
    return tuple((x[part], y[part]) for part in parts)


def augment(x, y, rng):
    """One affine map per image, done by keras.ops.image."""
    n, height, width, _ = x.shape
    angle = np.radians(rng.uniform(-15.0, 15.0, n))
    across, down = rng.uniform(-1.0, 1.0, (2, n))
    cos, sin = np.cos(angle), np.sin(angle)
    mid_x, mid_y = (width - 1) / 2, (height - 1) / 2
    # From a place (column, row) in the new image to its place in the old one.
    maps = np.zeros((n, 8), dtype="float32")
    maps[:, 0], maps[:, 1] = cos, -sin
    maps[:, 2] = mid_x - cos * (mid_x + across) + sin * (mid_y + down)
    maps[:, 3], maps[:, 4] = sin, cos
    maps[:, 5] = mid_y - sin * (mid_x + across) - cos * (mid_y + down)
    moved = ops.image.affine_transform(
        ops.convert_to_tensor(x, "float32"),
        maps,
        interpolation="bilinear",
        fill_mode="constant",
        fill_value=0.0,
        data_format="channels_last",
    )
    noise = ops.convert_to_tensor(rng.normal(0.0, 0.06, x.shape), "float32")
    return ops.convert_to_numpy(ops.clip(moved + noise, 0.0, 1.0)), np.array(y)


@keras.saving.register_keras_serializable(package="assignment2")
class SmallCNN(keras.Model):
    """Three convolutions, then mean and maximum of each map, then logits."""

    def __init__(self, n_classes, widths=(16, 24, 32), **kwargs):
        super().__init__(**kwargs)
        self.n_classes, self.widths = n_classes, tuple(widths)
        self.first = keras.layers.Conv2D(self.widths[0], 3, padding="same")
        self.second = keras.layers.Conv2D(self.widths[1], 3, padding="same")
        self.normal = keras.layers.BatchNormalization(momentum=0.9)
        self.pool = keras.layers.MaxPooling2D(2)
        self.third = keras.layers.Conv2D(self.widths[2], 3, padding="same")
        self.logits = keras.layers.Dense(n_classes)

    def call(self, inputs, training=False):
        """Images to logits."""
        h = ops.relu(self.first(inputs))
        h = ops.relu(self.normal(self.second(h), training=training))
        h = ops.relu(self.third(self.pool(h)))
        summary = [ops.mean(h, axis=(1, 2)), ops.max(h, axis=(1, 2))]
        return self.logits(ops.concatenate(summary, axis=-1))

    def get_config(self):
        """The arguments that make this model again."""
        config = super().get_config()
        return {**config, "n_classes": self.n_classes, "widths": self.widths}


def build_cnn(input_shape, n_classes, max_params=20_000):
    """Make the model and call it once, so that it has its weights."""
    model = SmallCNN(n_classes)
    model(ops.zeros((1, *input_shape)))
    if model.count_params() > max_params:
        raise ValueError("the model has more than max_params parameters")
    return model


def train(model, train, val, epochs, callbacks=()):
    """A training loop by hand; Keras only keeps the optimizer and the history."""
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.Adam(2e-3)
    model.compile(optimizer=optimizer, loss=loss_of)

    x_train, y_train = np.asarray(train[0], "float32"), np.asarray(train[1], "int32")
    x_val, y_val = np.asarray(val[0], "float32"), np.asarray(val[1], "int32")
    data = tf.data.Dataset.from_tensor_slices((x_train, y_train))
    data = data.shuffle(len(x_train)).batch(32)

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            logits = model(x, training=True)
            loss = loss_of(y, logits)
            if model.losses:
                loss += sum(model.losses)
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss, _share_right(y, logits)

    hooks = keras.callbacks.CallbackList(
        list(callbacks),
        add_history=True,
        model=model,
        epochs=epochs,
        steps=len(data),
        verbose=0,
    )
    model.stop_training = False
    hooks.on_train_begin()
    logs = {}
    for epoch in range(epochs):
        hooks.on_epoch_begin(epoch)
        total = np.zeros(2)
        for number, (x, y) in enumerate(data):
            hooks.on_train_batch_begin(number)
            loss, right = (float(value) for value in step(x, y))
            total += np.array([loss, right]) * len(x)
            hooks.on_train_batch_end(number, {"loss": loss, "accuracy": right})
        loss, right = total / len(x_train)
        val_loss, val_right = _measure(model, loss_of, x_val, y_val)
        logs = {"accuracy": float(right), "loss": float(loss)}
        logs |= {"val_accuracy": val_right, "val_loss": val_loss}
        hooks.on_epoch_end(epoch, logs)
        if model.stop_training:
            break
    hooks.on_train_end(logs)
    return model.history


def _share_right(y, logits):
    """Share of images whose largest logit is at the label."""
    guesses = ops.cast(ops.argmax(logits, axis=-1), "int32")
    return ops.mean(ops.cast(guesses == y, "float32"))


def _measure(model, loss_of, x, y):
    """Loss and accuracy, in batches, without learning."""
    logits = [model(x[i : i + 256], training=False) for i in range(0, len(x), 256)]
    logits = ops.concatenate(logits, axis=0)
    return float(loss_of(y, logits)), float(_share_right(y, logits))


def feature_maps(model, x, layer):
    """Run the whole model and listen at that layer; works for any kind of model."""
    target = model.get_layer(layer)
    heard = []
    usual_call = target.call

    def listen(*args, **kwargs):
        heard.append(usual_call(*args, **kwargs))
        return heard[-1]

    target.call = listen
    try:
        model(ops.convert_to_tensor(x, "float32"), training=False)
    finally:
        target.call = usual_call
    return ops.convert_to_numpy(heard[0])
