"""Assignment 2: convolutional networks, first by hand and then in Keras."""

import keras
import numpy as np
import scipy.ndimage as ndi


# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    return (n + 2 * pad - k) // stride + 1


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    n_out = (n - 1) // stride + 1
    missing = max((n_out - 1) * stride + k - n, 0)
    return missing // 2, missing - missing // 2


# --- A2.2 -------------------------------------------------------------------


def get_window(x, i, j, k_h, k_w, stride):
    """Window number (i, j) of all images."""
    y0 = i * stride[0]
    x0 = j * stride[1]
    return x[:, y0:y0 + k_h, x0:x0 + k_w, :]


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """x (N, H, W, C), w (kh, kw, C, F), b (F,) -> (N, H', W', F)"""
    k_h, k_w, c_in, c_out = w.shape
    if padding == "same":
        p_h = same_padding(x.shape[1], k_h, stride[0])
        p_w = same_padding(x.shape[2], k_w, stride[1])
        x = np.pad(x, ((0, 0), p_h, p_w, (0, 0)))
    out_h = output_size(x.shape[1], k_h, stride[0])
    out_w = output_size(x.shape[2], k_w, stride[1])
    out = np.zeros((len(x), out_h, out_w, c_out))
    flat_w = w.reshape(-1, c_out)
    for i in range(out_h):
        for j in range(out_w):
            win = get_window(x, i, j, k_h, k_w, stride)
            out[:, i, j] = np.dot(win.reshape(len(x), k_h * k_w * c_in), flat_w)
    out += b
    return out


# --- A2.3 -------------------------------------------------------------------


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients for x, w and b."""
    k_h, k_w, c_in, c_out = w.shape
    n, out_h, out_w, _ = dout.shape
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    flat_w = w.reshape(-1, c_out)
    for i in range(out_h):
        for j in range(out_w):
            win = get_window(x, i, j, k_h, k_w, stride)
            d = dout[:, i, j, :]
            # (k*k*c, N) @ (N, F)
            dw += (win.reshape(n, k_h * k_w * c_in).T @ d).reshape(w.shape)
            # (N, F) @ (F, k*k*c)
            y0, x0 = i * stride[0], j * stride[1]
            dx[:, y0:y0 + k_h, x0:x0 + k_w, :] = (d @ flat_w.T).reshape(win.shape)
    db = dout.reshape(-1, c_out).sum(axis=0)
    return dx, dw, db


# --- A2.4 -------------------------------------------------------------------


def max_pool(x, size=(2, 2), stride=(2, 2)):
    out_h = output_size(x.shape[1], size[0], stride[0])
    out_w = output_size(x.shape[2], size[1], stride[1])
    biggest = np.zeros((len(x), out_h, out_w, x.shape[3]))
    for i in range(out_h):
        for j in range(out_w):
            win = get_window(x, i, j, size[0], size[1], stride)
            # go through the window and remember the biggest so far
            for a in range(size[0]):
                for c in range(size[1]):
                    biggest[:, i, j] = np.maximum(biggest[:, i, j], win[:, a, c])
    return biggest


# --- A2.5 -------------------------------------------------------------------


def named_kernels():
    return {
        "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]], float),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], float),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], float),
        "blur": np.full((3, 3), 1 / 9),
        "laplace": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], float),
    }


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    per_filter = kh * kw * c_in
    if bias is True:
        per_filter = per_filter + 1
    return per_filter * c_out


def receptive_field(layers: list[tuple[int, int]]) -> int:
    field = 1
    for k, s in reversed(layers):
        field = (field - 1) * s + k
    return field


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    x = np.asarray(X, dtype=np.float32) / 16
    x = x.reshape(-1, 8, 8, 1)
    n = len(x)
    n_train = int(round(0.6 * n))
    n_val = int(round(0.2 * n))
    # the digits in the file look mixed already (0 1 2 3 ... 0 1 2 3 ...)
    train = x[:n_train], y[:n_train]
    val = x[n_train:n_train + n_val], y[n_train:n_train + n_val]
    test = x[n_train + n_val:], y[n_train + n_val:]
    return train, val, test


# --- A2.8 -------------------------------------------------------------------


def augment(x, y, rng):
    result = np.empty_like(x)
    for n in range(x.shape[0]):
        img = ndi.rotate(x[n, ..., 0], rng.uniform(-12, 12), order=1, reshape=False)
        img = ndi.shift(img, (rng.uniform(-1, 1), rng.uniform(-1, 1)), order=1)
        img = img + 0.05 * rng.standard_normal(img.shape)
        result[n, ..., 0] = np.clip(img, 0, 1)
    return result, y.copy()


# --- A2.9 -------------------------------------------------------------------


def build_cnn(input_shape, n_classes, max_params=20_000):
    model = keras.Sequential([
        keras.Input(input_shape),
        keras.layers.Conv2D(12, 3, activation="relu", padding="same"),
        keras.layers.Conv2D(16, 3, activation="relu", padding="same"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(24, 3, activation="relu", padding="same"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(n_classes),
    ])
    if model.count_params() > max_params:
        print("warning: too many parameters", model.count_params())
    return model


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.RMSprop(2e-3), loss=loss_fn, metrics=["accuracy"])
    return model.fit(
        train[0], train[1],
        batch_size=32,
        epochs=epochs,
        validation_data=(val[0], val[1]),
        callbacks=list(callbacks),
        verbose=0,
    )


def feature_maps(model, x, layer):
    until_here = keras.Model(model.inputs, model.get_layer(layer).output)
    return until_here(x, training=False).numpy()
