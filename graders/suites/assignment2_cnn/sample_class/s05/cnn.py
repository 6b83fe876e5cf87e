"""Assignment 2: convolutional networks, first by hand and then in Keras.

Fill in the body of each function below, in any order, and run

    grade assignment2

Each task says what comes in, what must come out and which shapes they have.
"""

import keras
import numpy as np


# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions at which a window fits along one axis.

    >>> output_size(8, 3)
    6
    """
    count = 0
    start = -pad
    while start + k <= n + pad:
        count += 1
        start += stride
    return count


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros to add before and after an axis for `padding="same"`.

    >>> same_padding(5, 3)
    (1, 1)
    """
    n_out = int(np.ceil(n / stride))
    p = (n_out - 1) * stride + k - n
    p = max(p, 0)
    return p // 2, p - p // 2


# --- A2.2 -------------------------------------------------------------------


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """What `keras.layers.Conv2D` computes: a cross-correlation plus a bias."""
    kh, kw = w.shape[0], w.shape[1]
    if padding == "same":
        pad_h = same_padding(x.shape[1], kh, stride[0])
        pad_w = same_padding(x.shape[2], kw, stride[1])
        x = np.pad(x, ((0, 0), pad_h, pad_w, (0, 0)))
    h_out = output_size(x.shape[1], kh, stride[0])
    w_out = output_size(x.shape[2], kw, stride[1])
    out = np.zeros((x.shape[0], h_out, w_out, w.shape[3]))
    for i in range(h_out):
        for j in range(w_out):
            a = i * stride[0]
            c = j * stride[1]
            region = x[:, a:a + kh, c:c + kw, :]
            out[:, i, j, :] = np.einsum("nhwc,hwcf->nf", region, w) + b
    return out


# --- A2.3 -------------------------------------------------------------------


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients of `sum(dout * conv2d(x, w, b, stride))`, padding "valid"."""
    kh, kw = w.shape[0], w.shape[1]
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            a = i * stride[0]
            c = j * stride[1]
            region = x[:, a:a + kh, c:c + kw, :]
            g = dout[:, i, j, :]
            dw += np.einsum("nhwc,nf->hwcf", region, g)
            dx[:, a:a + kh, c:c + kw, :] += np.einsum("nf,hwcf->nhwc", g, w)
    db = dout.sum(axis=(0, 1, 2))
    # print(dx.shape, dw.shape, db.shape)
    return dx, dw, db


# --- A2.4 -------------------------------------------------------------------


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """The largest value of each window, channel by channel."""
    h_out = output_size(x.shape[1], size[0], stride[0])
    w_out = output_size(x.shape[2], size[1], stride[1])
    out = np.zeros((x.shape[0], h_out, w_out, x.shape[3]))
    for i in range(h_out):
        for j in range(w_out):
            a = i * stride[0]
            c = j * stride[1]
            out[:, i, j, :] = x[:, a:a + size[0], c:c + size[1], :].max(axis=(1, 2))
    return out


# --- A2.5 -------------------------------------------------------------------


def named_kernels():
    """Five classic kernels, to be used as `conv2d` uses them (not flipped)."""
    identity = np.zeros((3, 3))
    identity[1, 1] = 1
    return {
        "identity": identity,
        # x = horizontal edges, y = vertical edges
        "sobel_x": np.array([[-1.0, -2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]]),
        "sobel_y": np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]),
        "blur": np.ones((3, 3)) / 9,
        "laplace": np.array([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]),
    }


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Number of trainable numbers in a convolution layer.

    >>> conv_params(3, 3, 1, 1)
    10
    """
    return kh * kw * c_in * c_out + c_out * bias


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see.

    >>> receptive_field([(3, 1)])
    3
    """
    # every layer adds k - 1
    total = 1
    for k, stride in layers:
        total += k - 1
    return total


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    """Turn the digits into data a CNN can train on."""
    x = np.array(X).astype("float32") / 16
    x = x[..., np.newaxis]
    y = np.array(y)
    rng = np.random.default_rng(3)
    order = rng.permutation(len(x))
    tr, va, te = [], [], []
    # every class on its own
    for c in range(10):
        members = [i for i in order if y[i] == c]
        first_cut = round(len(members) * 0.6)
        second_cut = round(len(members) * 0.8)
        tr += members[:first_cut]
        va += members[first_cut:second_cut]
        te += members[second_cut:]
    tr, va, te = rng.permutation(tr), rng.permutation(va), rng.permutation(te)
    return (x[tr], y[tr]), (x[va], y[va]), (x[te], y[te])


# --- A2.8 -------------------------------------------------------------------


def augment(x, y, rng):
    """A fresh variation of every image: shifted, rotated and noisy.

    Each image gets its own shift of at most 1 pixel along each axis, its own
    rotation of at most 15 degrees either way, and its own noise (standard
    deviation at most 0.1). Never flip: a mirrored digit is another sign, and a 6
    turned by half a turn is a 9.

    Args:
        x: (N, H, W, 1). Images in [0, 1].
        y: (N,). Labels.
        rng: a `numpy.random.Generator`. The only source of randomness, so that the
            same generator state gives the same result.

    Returns:
        `(x', y')`, shaped like x and y and in the same order. x and y stay as
        they were.
    """
    raise NotImplementedError("A2.8 augment: see lesson L13, section 8")


# --- A2.9 -------------------------------------------------------------------


def build_cnn(input_shape, n_classes, max_params=20_000):
    """A small convolutional network that ends in logits."""
    model = keras.Sequential([
        keras.layers.Input(shape=input_shape),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(n_classes, activation="softmax"),
    ])
    return model


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    """Compile and fit any classifier that ends in logits."""
    model.compile(
        optimizer=keras.optimizers.Adam(0.003),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    x_train, y_train = train
    x_val, y_val = val
    history = model.fit(
        x_train, y_train,
        validation_data=(x_val, y_val),
        epochs=epochs,
        batch_size=32,
        callbacks=list(callbacks),
        verbose=0,
    )
    return history


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images."""
    short = keras.Model(model.inputs, model.get_layer(layer).output)
    return short.predict(x, verbose=0)
