"""Assignment 2: convolutional networks, first by hand and then in Keras.

Fill in the body of each function below, in any order, and run

    grade assignment2
"""

import keras
import numpy as np
from keras import layers
from scipy import ndimage
from sklearn.model_selection import train_test_split


# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions at which a window fits along one axis."""
    return int((n - k + 2 * pad) // stride) + 1


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros to add before and after an axis for `padding="same"`."""
    # from the TensorFlow docs
    if n % stride == 0:
        pad_total = max(k - stride, 0)
    else:
        pad_total = max(k - (n % stride), 0)
    pad_before = pad_total // 2
    pad_after = pad_total - pad_before
    return pad_before, pad_after


# --- A2.2 -------------------------------------------------------------------


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """What `keras.layers.Conv2D` computes: a cross-correlation plus a bias."""
    n_img, H, W, C = x.shape
    kh, kw, _, F = w.shape
    sh, sw = stride
    # convolution = turn the kernel around, then multiply and add (otherwise it would
    # only be a correlation, see the blog linked in the forum)
    k = w[::-1, ::-1, :, :]
    k = k.reshape(kh * kw * C, F)
    if padding == "same":
        x = np.pad(x, ((0, 0), same_padding(H, kh, sh), same_padding(W, kw, sw), (0, 0)))
    out_h = output_size(x.shape[1], kh, sh)
    out_w = output_size(x.shape[2], kw, sw)
    result = np.zeros((n_img, out_h, out_w, F))
    for r in range(out_h):
        for c in range(out_w):
            patch = x[:, r * sh : r * sh + kh, c * sw : c * sw + kw, :]
            result[:, r, c, :] = patch.reshape(n_img, kh * kw * C) @ k
    return result + b


# --- A2.3 -------------------------------------------------------------------


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients of `sum(dout * conv2d(x, w, b, stride))`, padding "valid".

    Gradients are sums over the batch.
    """
    sh, sw = stride
    kh, kw, C, F = w.shape
    dx = np.zeros(x.shape, dtype=float)
    dw = np.zeros(w.shape, dtype=float)
    db = dout.sum(axis=0).sum(axis=0).sum(axis=0)
    for r in range(dout.shape[1]):
        for c in range(dout.shape[2]):
            d = dout[:, r, c, :]
            patch = x[:, r * sh : r * sh + kh, c * sw : c * sw + kw, :]
            # n = image, h w = place in the kernel, c = channel, f = kernel
            dw += np.einsum("nhwc,nf->hwcf", patch, d)
            dx[:, r * sh : r * sh + kh, c * sw : c * sw + kw, :] += np.einsum(
                "nf,hwcf->nhwc", d, w
            )
    return dx, dw, db


# --- A2.4 -------------------------------------------------------------------


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """The largest value of each window, channel by channel."""
    out_h = output_size(x.shape[1], size[0], stride[0])
    out_w = output_size(x.shape[2], size[1], stride[1])
    rows = []
    for r in range(out_h):
        row = []
        for c in range(out_w):
            r0, c0 = r * stride[0], c * stride[1]
            row.append(x[:, r0 : r0 + size[0], c0 : c0 + size[1]].max(axis=2).max(axis=1))
        rows.append(np.stack(row, axis=1))
    return np.stack(rows, axis=1)


# --- A2.5 -------------------------------------------------------------------


def named_kernels():
    """Five classic kernels, each a float array (3, 3)."""
    sobel_x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=float)
    return dict(
        identity=np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=float),
        sobel_x=sobel_x,
        sobel_y=sobel_x.T.copy(),
        blur=np.ones((3, 3)) / 9.0,
        laplace=np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=float),
    )


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Number of trainable numbers in a convolution layer."""
    n = kh * kw * c_in * c_out
    if bias:
        n = n + c_out
    return n


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see."""
    r = 1
    dist = 1  # distance of two neighbours, in input pixels
    for k, s in layers:
        r = r + (k - 1) * dist
        dist = dist * s
    return r


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    """Turn the digits into data a CNN can train on."""
    X = np.array(X, dtype="float32") / 16.0
    X = np.expand_dims(X, axis=3)
    y = np.array(y)
    # train_test_split shuffles by default
    X_tmp, X_test, y_tmp, y_test = train_test_split(
        X, y, test_size=0.2, stratify=y, random_state=42
    )
    X_train, X_val, y_train, y_val = train_test_split(
        X_tmp, y_tmp, test_size=0.25, stratify=y_tmp, random_state=42
    )  # 0.25 of the 80 % = 20 %
    return (X_train, y_train), (X_val, y_val), (X_test, y_test)


# --- A2.8 -------------------------------------------------------------------


def augment(x, y, rng):
    """A fresh variation of every image: shifted, rotated and noisy."""
    out = []
    for img in x:
        img = ndimage.rotate(
            img[:, :, 0], rng.uniform(-10, 10), reshape=False, order=1, mode="constant"
        )
        img = ndimage.shift(img, rng.uniform(-1, 1, 2), order=1, mode="constant")
        out.append(img[:, :, np.newaxis])
    out = np.array(out, dtype="float32").reshape(x.shape)
    out = out + rng.normal(0, 0.03, out.shape)
    return np.clip(out, 0, 1).astype("float32"), y.copy()


# --- A2.9 -------------------------------------------------------------------


def build_cnn(input_shape, n_classes, max_params=20_000):
    """A small convolutional network that ends in logits."""
    model = keras.Sequential(
        [
            layers.Input(shape=input_shape),
            layers.Conv2D(16, 3, activation="relu", padding="same"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu", padding="same"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu", padding="same"),
            # layers.Flatten(),     # 15 690 more for 28 x 28, too many
            layers.GlobalMaxPooling2D(),
            layers.Dense(n_classes),
        ]
    )
    # model.summary()
    assert model.count_params() <= max_params
    return model


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    """Compile and fit any classifier that ends in logits."""
    model.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    X_train, y_train = train
    return model.fit(
        X_train, y_train, batch_size=32, epochs=epochs, validation_data=val,
        callbacks=list(callbacks), verbose=0,
    )


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images."""
    m = keras.Model(inputs=model.inputs, outputs=model.get_layer(layer).output)
    return m.predict(x, verbose=0)
