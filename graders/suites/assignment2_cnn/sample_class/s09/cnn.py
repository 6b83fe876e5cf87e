"""Assignment 2: convolutional networks, first by hand and then in Keras."""

import keras
import numpy as np
from scipy import ndimage
from sklearn.model_selection import train_test_split


# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions at which a window fits along one axis."""
    return (n + 2 * pad - k) // stride + 1


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros to add before and after an axis for `padding="same"`."""
    n_out = int(np.ceil(n / stride))
    total = max((n_out - 1) * stride + k - n, 0)
    return total // 2, total - total // 2


# --- A2.2 -------------------------------------------------------------------


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """What `keras.layers.Conv2D` computes: a cross-correlation plus a bias."""
    s1, s2 = stride
    kh, kw, _, F = w.shape
    if padding == "same":
        x = np.pad(x, (
            (0, 0),
            same_padding(x.shape[1], kh, s1),
            same_padding(x.shape[2], kw, s2),
            (0, 0),
        ))
    H2 = output_size(x.shape[1], kh, s1)
    W2 = output_size(x.shape[2], kw, s2)
    out = np.zeros((x.shape[0], H2, W2, F))
    for i in range(H2):
        for j in range(W2):
            win = x[:, i * s1:i * s1 + kh, j * s2:j * s2 + kw, :]
            out[:, i, j, :] = np.tensordot(win, w, axes=3) + b
    return out


# --- A2.3 -------------------------------------------------------------------


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients of `sum(dout * conv2d(x, w, b, stride))`, padding "valid"."""
    s1, s2 = stride
    kh, kw, _, F = w.shape
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    db = np.sum(dout, axis=(0, 1, 2))
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            r = slice(i * s1, i * s1 + kh)
            c = slice(j * s2, j * s2 + kw)
            d = dout[:, i, j, :]
            dw += np.tensordot(x[:, r, c, :], d, axes=(0, 0))
            dx[:, r, c, :] += np.tensordot(d, w, axes=(1, 3))
    return dx, dw, db


# --- A2.4 -------------------------------------------------------------------


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """The largest value of each window, channel by channel."""
    H2 = output_size(x.shape[1], size[0], stride[0])
    W2 = output_size(x.shape[2], size[1], stride[1])
    out = np.zeros((x.shape[0], H2, W2, x.shape[3]), x.dtype)
    for i in range(H2):
        for j in range(W2):
            r, c = i * stride[0], j * stride[1]
            out[:, i, j, :] = x[:, r:r + size[0], c:c + size[1], :].max(axis=(1, 2))
    return out


# --- A2.5 -------------------------------------------------------------------


def named_kernels():
    """Five classic kernels, to be used as `conv2d` uses them (not flipped)."""
    return {
        "identity": np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        "sobel_x": np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "blur": np.ones((3, 3)) / 9,
        "laplace": np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]],
    }


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Number of trainable numbers in a convolution layer."""
    return c_out * (kh * kw * c_in + (1 if bias else 0))


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see."""
    field, jump = 1, 1
    for k, s in layers:
        field += (k - 1) * jump
        jump *= s
    return field


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    """Turn the digits into data a CNN can train on."""
    x = np.asarray(X, "float32")[..., None] / 16
    x_tr, x_rest, y_tr, y_rest = train_test_split(
        x, y, train_size=0.6, stratify=y, random_state=1)
    x_va, x_te, y_va, y_te = train_test_split(
        x_rest, y_rest, train_size=0.5, stratify=y_rest, random_state=1)
    return (x_tr, y_tr), (x_va, y_va), (x_te, y_te)


# --- A2.8 -------------------------------------------------------------------


def augment(x, y, rng):
    """A fresh variation of every image: shifted, rotated and noisy."""
    out = np.zeros(x.shape, "float32")
    for n, image in enumerate(x[..., 0]):
        turned = ndimage.rotate(image, rng.uniform(-15, 15), reshape=False, order=1)
        moved = ndimage.shift(turned, rng.integers(-1, 2, 2), order=1)
        out[n, ..., 0] = np.clip(moved + rng.normal(0, 0.05, moved.shape), 0, 1)
    return out, y.copy()


# --- A2.9 -------------------------------------------------------------------


def build_cnn(input_shape, n_classes, max_params=20_000):
    """A small convolutional network that ends in logits."""
    return keras.Sequential([
        keras.layers.Input(shape=input_shape),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(24, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(n_classes),
    ])


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    """Compile and fit any classifier that ends in logits."""
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    return model.fit(*train, validation_data=val, epochs=epochs, batch_size=32,
                     callbacks=list(callbacks), verbose=0)


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images."""
    part = keras.Model(model.inputs, model.get_layer(layer).output)
    return np.asarray(part(x, training=False))
