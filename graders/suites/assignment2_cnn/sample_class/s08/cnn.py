"""Assignment 2: convolutional networks, first by hand and then in Keras."""

import keras
import numpy as np
import random
from scipy.ndimage import rotate, shift


# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions at which a window fits along one axis."""
    free = n + 2 * pad - k
    return free // stride + 1


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros to add before and after an axis for `padding="same"`."""
    out = -(-n // stride)
    total = (out - 1) * stride + k - n
    return total // 2, total - total // 2


# --- A2.2 -------------------------------------------------------------------


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """What `keras.layers.Conv2D` computes: a cross-correlation plus a bias."""
    kh, kw, c, f = w.shape
    if padding == "same":
        x = np.pad(x, ((0, 0), same_padding(x.shape[1], kh, stride[0]),
                       same_padding(x.shape[2], kw, stride[1]), (0, 0)))
    height = output_size(x.shape[1], kh, stride[0])
    width = output_size(x.shape[2], kw, stride[1])
    out = np.zeros((x.shape[0], height, width, f))
    i = 0
    while i < height:
        j = 0
        while j < width:
            row = i * stride[0]
            col = j * stride[1]
            part = x[:, row:row + kh, col:col + kw, :]
            out[:, i, j, :] = np.tensordot(part, w, axes=([1, 2, 3], [0, 1, 2])) + b
            j += 1
    return out


# --- A2.3 -------------------------------------------------------------------


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients of `sum(dout * conv2d(x, w, b, stride))`, padding "valid"."""
    kh, kw, c, f = w.shape
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            row = i * stride[0]
            col = j * stride[1]
            part = x[:, row:row + kh, col:col + kw, :]
            d = dout[:, i, j, :]
            dx[:, row:row + kh, col:col + kw, :] += np.tensordot(d, w, axes=([1], [3]))
            dw += np.tensordot(part, d, axes=([0], [0]))
    # mean gradient of the batch
    dw = dw / len(x)
    db = dout.sum(axis=(0, 1, 2)) / len(x)
    return dx, dw, db


# --- A2.4 -------------------------------------------------------------------


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """The largest value of each window, channel by channel."""
    height = output_size(x.shape[1], size[0], stride[0])
    width = output_size(x.shape[2], size[1], stride[1])
    out = np.zeros((x.shape[0], height, width, x.shape[3]))
    for i in range(height):
        for j in range(width):
            row = i * stride[0]
            col = j * stride[1]
            part = x[:, row:row + size[0], col:col + size[1], :]
            out[:, i, j, :] = np.amax(part, axis=(1, 2))
    return out


# --- A2.5 -------------------------------------------------------------------


def named_kernels():
    """Five classic kernels, to be used as `conv2d` uses them (not flipped)."""
    k = {}
    k["identity"] = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]).astype(float)
    k["sobel_x"] = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]).astype(float)
    k["sobel_y"] = np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]]).astype(float)
    k["blur"] = np.ones((3, 3)) * (1 / 9)
    k["laplace"] = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]]).astype(float)
    return k


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Number of trainable numbers in a convolution layer."""
    if bias:
        return kh * kw * c_in * c_out + c_out
    else:
        return kh * kw * c_in * c_out


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see."""
    field = 1
    step = 1
    for k, s in layers:
        step = step * s
        field = field + (k - 1) * step
    return field


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    """Turn the digits into data a CNN can train on."""
    x = X.reshape(len(X), 8, 8, 1).astype("float32") / 16
    # shuffle, then cut
    idx = np.random.default_rng(1).permutation(len(x))
    x = x[idx]
    y = y[idx]
    a = int(0.6 * len(x))
    b = int(0.8 * len(x))
    return (x[:a], y[:a]), (x[a:b], y[a:b]), (x[b:], y[b:])


# --- A2.8 -------------------------------------------------------------------


def augment(x, y, rng):
    """A fresh variation of every image: shifted, rotated and noisy."""
    new = np.zeros(x.shape, dtype="float32")
    for n in range(len(x)):
        img = x[n, :, :, 0]
        img = rotate(img, random.uniform(-15, 15), reshape=False, order=1)
        img = shift(img, (random.choice([-1, 0, 1]), random.choice([-1, 0, 1])), order=1)
        new[n, :, :, 0] = img
    new = new + np.random.normal(0, 0.05, new.shape)
    return np.clip(new, 0, 1).astype("float32"), y.copy()


# --- A2.9 -------------------------------------------------------------------


def build_cnn(input_shape, n_classes, max_params=20_000):
    """A small convolutional network that ends in logits."""
    model = keras.Sequential([
        keras.layers.Input(shape=input_shape),
        keras.layers.Conv2D(8, 3, padding="same"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Conv2D(16, 3, padding="same"),
        keras.layers.AveragePooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(n_classes),
    ])
    return model


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    """Compile and fit any classifier that ends in logits."""
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy",
                  metrics=["accuracy"])
    return model.fit(train[0], train[1], validation_data=(val[0], val[1]), epochs=epochs,
                     batch_size=32, callbacks=list(callbacks), verbose=0)


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images."""
    part = keras.Model(model.inputs, model.get_layer(layer).output)
    return part.predict(x, verbose=0)
