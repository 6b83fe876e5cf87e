"""Assignment 2: convolutional networks, first by hand and then in Keras.

Everything without loops over pixels: windows come from sliding_window_view and
the sums are einsums.
"""

import math

import keras
import numpy as np
from keras import layers as L
from numpy.lib.stride_tricks import sliding_window_view
from scipy.ndimage import map_coordinates
from sklearn.model_selection import train_test_split

SEED = 7


# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions at which a window fits along one axis.

    >>> output_size(8, 3)
    6
    """
    return 1 + (n + 2 * pad - k) // stride


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros to add before and after an axis for `padding="same"`.

    >>> same_padding(5, 3)
    (1, 1)
    """
    out = math.ceil(n / stride)
    total = max(0, (out - 1) * stride + k - n)
    return total // 2, (total + 1) // 2


# --- A2.2 -------------------------------------------------------------------


def _windows(x, size, stride):
    """All windows of the images as a view: (N, H', W', C, kh, kw)."""
    view = sliding_window_view(x, size, axis=(1, 2))
    return view[:, :: stride[0], :: stride[1]]


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """What `keras.layers.Conv2D` computes: a cross-correlation plus a bias.

    Args:
        x: (N, H, W, C). Images.
        w: (kh, kw, C, F). F kernels.
        b: (F,). One bias per kernel.
        stride: (rows, columns). Step of the window.
        padding: "valid" (no padding) or "same" (padding as in `same_padding`).

    Returns:
        (N, H', W', F), an array of floats.
    """
    x, w = np.asarray(x), np.asarray(w)
    if padding == "same":
        pads = [same_padding(x.shape[1 + a], w.shape[a], stride[a]) for a in (0, 1)]
        x = np.pad(x, [(0, 0), *pads, (0, 0)])
    patches = _windows(x, w.shape[:2], stride)
    return np.einsum("nijcpq,pqcf->nijf", patches, w, optimize=True) + b


# --- A2.3 -------------------------------------------------------------------


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients of `sum(dout * conv2d(x, w, b, stride))`, padding "valid".

    Returns:
        `(dx, dw, db)`: (N, H, W, C), (kh, kw, C, F) and (F,).
    """
    dw = np.einsum(
        "nijcpq,nijf->pqcf", _windows(x, w.shape[:2], stride), dout, optimize=True
    )
    db = dout.sum((0, 1, 2))

    # The weight at (p, q) meets the pixels p, p + stride, p + 2 * stride, ...
    dx = np.zeros(x.shape, np.result_type(dout, w, np.float32))
    (sr, sc), (_, hh, ww, _) = stride, dout.shape
    for p, q in np.ndindex(w.shape[:2]):
        dx[:, p : p + sr * hh : sr, q : q + sc * ww : sc][:, :hh, :ww] += dout @ w[p, q].T
    return dx, dw, db


# --- A2.4 -------------------------------------------------------------------


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """The largest value of each window, channel by channel."""
    return _windows(np.asarray(x), size, stride).max(axis=(-2, -1))


# --- A2.5 -------------------------------------------------------------------


def named_kernels():
    """Five classic kernels, to be used as `conv2d` uses them (not flipped)."""
    smooth, slope = np.array([1.0, 2.0, 1.0]), np.array([-1.0, 0.0, 1.0])
    delta, bend = np.array([0.0, 1.0, 0.0]), np.array([1.0, -2.0, 1.0])
    return {
        "identity": np.outer(delta, delta),
        "sobel_x": np.outer(smooth, slope),
        "sobel_y": np.outer(slope, smooth),
        "blur": np.ones((3, 3)) / 9,
        "laplace": np.outer(delta, bend) + np.outer(bend, delta),
    }


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Number of trainable numbers in a convolution layer.

    >>> conv_params(3, 3, 1, 1)
    10
    """
    return c_out * (kh * kw * c_in + int(bias))


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see.

    1 + sum over the layers of (k - 1) * (product of the strides before it).

    >>> receptive_field([(3, 1)])
    3
    """
    strides = [s for _, s in layers]
    return 1 + sum((k - 1) * math.prod(strides[:i]) for i, (k, _) in enumerate(layers))


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    """Turn the digits into data a CNN can train on."""
    x = np.float32(X)[..., None] / np.float32(16)
    y = np.asarray(y)
    # 60 / 40 first, then the 40 in two halves
    x_train, x_rest, y_train, y_rest = train_test_split(
        x, y, test_size=0.4, stratify=y, random_state=SEED
    )
    x_val, x_test, y_val, y_test = train_test_split(
        x_rest, y_rest, test_size=0.5, stratify=y_rest, random_state=SEED
    )
    return (x_train, y_train), (x_val, y_val), (x_test, y_test)


# --- A2.8 -------------------------------------------------------------------


def augment(x, y, rng):
    """A fresh variation of every image: shifted, rotated and noisy."""
    n, h, w, _ = x.shape
    angle = np.radians(rng.uniform(-15, 15, size=(n, 1, 1)))
    shift_r, shift_c = rng.uniform(-1, 1, size=(2, n, 1, 1))

    # For each new pixel the place it comes from: undo the shift, undo the rotation.
    r, c = np.indices((h, w))
    r = r[None] - (h - 1) / 2 - shift_r
    c = c[None] - (w - 1) / 2 - shift_c
    from_r = np.cos(angle) * r - np.sin(angle) * c + (h - 1) / 2
    from_c = np.sin(angle) * r + np.cos(angle) * c + (w - 1) / 2
    image = np.broadcast_to(np.arange(n)[:, None, None], from_r.shape)

    moved = map_coordinates(
        x[..., 0], [image, from_r, from_c], order=1, mode="constant", output=np.float32
    )
    noisy = moved[..., None] + rng.normal(scale=0.06, size=x.shape)
    return np.clip(noisy, 0.0, 1.0).astype(np.float32), np.array(y)


# --- A2.9 -------------------------------------------------------------------


def _network(input_shape, n_classes, width):
    inputs = keras.Input(shape=input_shape)
    h = L.Conv2D(width, 3, padding="same", activation="relu", name="conv1")(inputs)
    h = L.Conv2D(width, 3, padding="same", activation="relu", name="conv2")(h)
    h = L.MaxPooling2D(2, name="pool1")(h)
    h = L.Conv2D(2 * width, 3, padding="same", activation="relu", name="conv3")(h)
    h = L.Concatenate()([L.GlobalAveragePooling2D()(h), L.GlobalMaxPooling2D()(h)])
    outputs = L.Dense(n_classes, name="logits")(h)
    return keras.Model(inputs, outputs, name="small_cnn")


def build_cnn(input_shape, n_classes, max_params=20_000):
    """The widest network of a fixed design that stays within max_params.

    Global pooling keeps the number of parameters independent of the image size.
    """
    for width in (24, 16, 12, 8, 4, 2):
        model = _network(input_shape, n_classes, width)
        if model.count_params() <= max_params:
            return model
    raise ValueError(f"no network with at most {max_params} parameters")


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    """Compile and fit any classifier that ends in logits."""
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=3e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    return model.fit(
        *train,
        validation_data=val,
        epochs=epochs,
        batch_size=32,
        callbacks=[*callbacks],
        verbose=0,
    )


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images."""
    head = keras.Model(model.inputs, model.get_layer(layer).output)
    return head.predict(x, batch_size=128, verbose=0)
