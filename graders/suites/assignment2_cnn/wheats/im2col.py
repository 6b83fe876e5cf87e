"""Assignment 2 as matrix multiplications: every window becomes one row (im2col).

Splitting is left to scikit-learn, turning and shifting to scipy.ndimage.
"""

import keras
import numpy as np
from scipy import ndimage
from sklearn.model_selection import train_test_split


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions of a window along one axis."""
    free = n + 2 * pad - k
    return 1 + free // stride


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros before and after an axis; TensorFlow's rule by the remainder."""
    rest = n % stride
    total = max(k - (rest if rest else stride), 0)
    return total // 2, (total + 1) // 2


def _window_indices(height, width, size, stride):
    """Rows and columns, both (positions, kh * kw), of every window; its shape."""
    out_height = output_size(height, size[0], stride[0])
    out_width = output_size(width, size[1], stride[1])
    starts_i, starts_j = np.divmod(np.arange(out_height * out_width), out_width)
    offsets_i, offsets_j = np.divmod(np.arange(size[0] * size[1]), size[1])
    rows = stride[0] * starts_i[:, None] + offsets_i
    columns = stride[1] * starts_j[:, None] + offsets_j
    return rows, columns, (out_height, out_width)


def _im2col(x, size, stride):
    """All windows of x as (N, positions, kh * kw, C), and the output's shape."""
    rows, columns, shape = _window_indices(x.shape[1], x.shape[2], size, stride)
    return x[:, rows, columns, :], shape


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """One matrix product of all windows with all kernels."""
    x, w, b = np.asarray(x), np.asarray(w), np.asarray(b)
    kh, kw, channels, filters = w.shape
    if padding == "same":
        pads = [
            (0, 0),
            same_padding(x.shape[1], kh, stride[0]),
            same_padding(x.shape[2], kw, stride[1]),
            (0, 0),
        ]
        x = np.pad(x, pads)
    elif padding != "valid":
        raise ValueError(f"unknown padding {padding!r}")
    windows, shape = _im2col(x, (kh, kw), stride)
    matrix = windows.reshape(-1, kh * kw * channels)
    out = matrix @ w.reshape(-1, filters) + b
    out = out.reshape(len(x), *shape, filters)
    return out if np.issubdtype(out.dtype, np.floating) else out.astype(float)


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Two matrix products, and col2im to add the windows up again."""
    dout, x, w = np.asarray(dout), np.asarray(x), np.asarray(w)
    kh, kw, channels, filters = w.shape
    windows, _ = _im2col(x, (kh, kw), stride)
    slopes = dout.reshape(-1, filters)
    dw = (windows.reshape(-1, kh * kw * channels).T @ slopes).reshape(w.shape)
    dwindows = (slopes @ w.reshape(-1, filters).T).reshape(windows.shape)
    rows, columns, _ = _window_indices(x.shape[1], x.shape[2], (kh, kw), stride)
    dx = np.zeros(x.shape, dtype=dwindows.dtype)
    np.add.at(dx, (slice(None), rows, columns), dwindows)
    return dx, dw, slopes.sum(axis=0)


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """The maximum over the rows of im2col."""
    windows, (height, width) = _im2col(np.asarray(x), size, stride)
    return windows.max(axis=2).reshape(len(x), height, width, x.shape[3])


def named_kernels():
    """Built from outer products of short vectors."""
    smooth = np.array([1.0, 2.0, 1.0])
    change = np.array([-1.0, 0.0, 1.0])
    second = np.array([1.0, -2.0, 1.0])
    one = np.array([0.0, 1.0, 0.0])
    return {
        "identity": np.outer(one, one),
        "sobel_x": np.outer(smooth, change),
        "sobel_y": np.outer(change, smooth),
        "blur": np.outer(smooth, smooth) / 16,
        "laplace": np.outer(second, one) + np.outer(one, second),
    }


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Size of the kernel matrix, with one more row for the biases."""
    rows = kh * kw * c_in + int(bias)
    return rows * c_out


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """Each layer adds its reach, in steps of the layers before it."""
    field = step = 1
    for size, stride in layers:
        field, step = field + step * (size - 1), step * stride
    return field


def prepare(X, y):
    """Cut off the test images first, then a quarter of the rest to validate."""
    x = np.expand_dims(np.asarray(X), -1).astype("float32") / 16
    y = np.asarray(y)
    x_rest, x_test, y_rest, y_test = train_test_split(
        x, y, test_size=0.2, stratify=y, random_state=1
    )
    x_train, x_val, y_train, y_val = train_test_split(
        x_rest, y_rest, test_size=0.25, stratify=y_rest, random_state=1
    )
    return (x_train, y_train), (x_val, y_val), (x_test, y_test)


def augment(x, y, rng):
    """Shift, then rotate, then add noise, with scipy.ndimage."""
    out = []
    for image in x[..., 0]:
        by = rng.uniform(-1, 1, size=2)
        angle = rng.uniform(-10, 10)
        moved = ndimage.shift(image, by, order=1)
        moved = ndimage.rotate(moved, angle, reshape=False, order=1)
        out.append(moved + rng.normal(scale=0.04, size=image.shape))
    out = np.clip(np.stack(out), 0, 1)[..., np.newaxis]
    return out.astype(x.dtype), y.copy()


def build_cnn(input_shape, n_classes, max_params=20_000):
    """Two convolutions, pooling, a third one, and the global maximum."""

    def build(widths):
        first, second, third = widths
        inputs = keras.Input(shape=input_shape)
        h = keras.layers.Conv2D(first, 3, activation="relu", padding="same")(inputs)
        h = keras.layers.Conv2D(second, 3, activation="relu", padding="same")(h)
        h = keras.layers.MaxPooling2D()(h)
        h = keras.layers.Conv2D(third, 3, activation="relu", padding="same")(h)
        h = keras.layers.GlobalMaxPooling2D()(h)
        return keras.Model(inputs, keras.layers.Dense(n_classes)(h))

    for widths in [(16, 24, 48), (16, 24, 32), (12, 16, 24), (8, 12, 16)]:
        model = build(widths)
        if model.count_params() <= max_params:
            return model
    raise ValueError("max_params is too small")


def train(model, train, val, epochs, callbacks=()):
    """Compile with Adam and fit."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(2e-3), loss=loss, metrics=["accuracy"])
    return model.fit(
        *train,
        validation_data=tuple(val),
        batch_size=32,
        epochs=epochs,
        callbacks=list(callbacks),
        verbose=0,
    )


def feature_maps(model, x, layer):
    """Predict with the model cut off after that layer."""
    head = keras.Model(model.inputs[0], model.get_layer(layer).output)
    return head.predict(x, verbose=0)
