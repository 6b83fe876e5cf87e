"""Assignment 2: convolutional networks, first by hand and then in Keras."""

import keras
import numpy as np
from scipy import ndimage


# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions at which a window fits along one axis."""
    padded = n + pad + pad
    last_start = padded - k          # the window must still fit here
    steps = last_start // stride     # steps that do not fit are dropped
    return steps + 1                 # + 1 for the position at 0


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros to add before and after an axis for `padding="same"`."""
    wanted = n // stride
    if n % stride != 0:
        wanted += 1
    # the last of the wanted windows ends at (wanted - 1) * stride + k
    needed = (wanted - 1) * stride + k - n
    if needed < 0:
        needed = 0
    before = needed // 2
    after = needed - before
    return before, after


# --- A2.2 -------------------------------------------------------------------


def pad_images(x, rows, cols):
    """Put zeros around the images, rows = (top, bottom), cols = (left, right)."""
    N, H, W, C = x.shape
    out = np.zeros((N, rows[0] + H + rows[1], cols[0] + W + cols[1], C), x.dtype)
    out[:, rows[0]:rows[0] + H, cols[0]:cols[0] + W, :] = x
    return out


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """What `keras.layers.Conv2D` computes: a cross-correlation plus a bias.

    x: (N, H, W, C), w: (kh, kw, C, F), b: (F,)
    returns (N, H', W', F)
    """
    kh, kw, C, F = w.shape
    s_row, s_col = stride
    if padding == "same":
        x = pad_images(
            x,
            same_padding(x.shape[1], kh, s_row),
            same_padding(x.shape[2], kw, s_col),
        )
    elif padding != "valid":
        raise ValueError(f"unknown padding {padding!r}")

    N, H, W, _ = x.shape
    H_out = output_size(H, kh, s_row)
    W_out = output_size(W, kw, s_col)
    out = np.zeros((N, H_out, W_out, F))
    for i in range(H_out):
        for j in range(W_out):
            patch = x[:, i * s_row:i * s_row + kh, j * s_col:j * s_col + kw, :]
            for f in range(F):
                # sum over rows, columns and channels, the images stay apart
                out[:, i, j, f] = np.sum(patch * w[:, :, :, f], axis=(1, 2, 3)) + b[f]
    return out


# --- A2.3 -------------------------------------------------------------------


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients of `sum(dout * conv2d(x, w, b, stride))`, padding "valid".

    Each output is  sum(patch * w[..., f]) + b[f], so
      d out / d patch = w[..., f],  d out / d w[..., f] = patch,  d out / d b[f] = 1
    and everything that an input takes part in is added up.
    """
    kh, kw, C, F = w.shape
    N, H_out, W_out, _ = dout.shape
    s_row, s_col = stride

    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(F)
    for i in range(H_out):
        for j in range(W_out):
            r, c = i * s_row, j * s_col
            patch = x[:, r:r + kh, c:c + kw, :]
            for f in range(F):
                g = dout[:, i, j, f].reshape(N, 1, 1, 1)
                dx[:, r:r + kh, c:c + kw, :] += g * w[:, :, :, f]
                dw[:, :, :, f] += np.sum(g * patch, axis=0)
                db[f] += np.sum(g)
    return dx, dw, db


# --- A2.4 -------------------------------------------------------------------


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """The largest value of each window, channel by channel."""
    N, H, W, C = x.shape
    H_out = output_size(H, size[0], stride[0])
    W_out = output_size(W, size[1], stride[1])
    out = np.zeros((N, H_out, W_out, C), dtype=x.dtype)
    for i in range(H_out):
        for j in range(W_out):
            r, c = i * stride[0], j * stride[1]
            out[:, i, j, :] = np.max(x[:, r:r + size[0], c:c + size[1], :], axis=(1, 2))
    return out


# --- A2.5 -------------------------------------------------------------------


def named_kernels():
    """Five classic kernels, to be used as `conv2d` uses them (not flipped)."""
    kernels = {
        "identity": [[0, 0, 0],
                     [0, 1, 0],
                     [0, 0, 0]],
        # right minus left
        "sobel_x": [[-1, 0, 1],
                    [-2, 0, 2],
                    [-1, 0, 1]],
        # bottom minus top
        "sobel_y": [[-1, -2, -1],
                    [0, 0, 0],
                    [1, 2, 1]],
        "blur": [[1 / 9, 1 / 9, 1 / 9],
                 [1 / 9, 1 / 9, 1 / 9],
                 [1 / 9, 1 / 9, 1 / 9]],
        "laplace": [[0, 1, 0],
                    [1, -4, 1],
                    [0, 1, 0]],
    }
    return {name: np.array(values, dtype=float) for name, values in kernels.items()}


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Number of trainable numbers in a convolution layer."""
    one_kernel = kh * kw * c_in
    if bias:
        one_kernel += 1
    return one_kernel * c_out


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see."""
    # from the last layer back: m neighbours need (m - 1) * stride + size inputs
    pixels = 1
    for size, stride in layers[::-1]:
        pixels = (pixels - 1) * stride + size
    return pixels


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    """Scale to [0, 1], add the channel axis, split 60/20/20 class by class."""
    x = np.asarray(X).astype("float32") / 16
    x = x.reshape(len(x), 8, 8, 1)
    y = np.asarray(y).astype(int)

    rng = np.random.default_rng(1234)
    train_idx, val_idx, test_idx = [], [], []
    for digit in np.unique(y):
        idx = np.where(y == digit)[0]
        rng.shuffle(idx)
        a = int(round(0.6 * len(idx)))
        b = int(round(0.8 * len(idx)))
        train_idx += list(idx[:a])
        val_idx += list(idx[a:b])
        test_idx += list(idx[b:])

    # otherwise the splits would be sorted by digit
    for idx in (train_idx, val_idx, test_idx):
        rng.shuffle(idx)
    return (
        (x[train_idx], y[train_idx]),
        (x[val_idx], y[val_idx]),
        (x[test_idx], y[test_idx]),
    )


# --- A2.8 -------------------------------------------------------------------


def augment(x, y, rng):
    """A fresh variation of every image: shifted, rotated and noisy."""
    new = np.zeros(x.shape, dtype="float32")
    for n in range(len(x)):
        angle = rng.uniform(-15, 15)              # scipy wants degrees
        down, right = rng.integers(-1, 2, size=2)  # -1, 0 or 1
        img = x[n, :, :, 0]
        img = ndimage.rotate(img, angle, reshape=False, order=1)
        img = ndimage.shift(img, (down, right), order=1)
        img = img + rng.normal(0, 0.05, img.shape)
        new[n, :, :, 0] = np.clip(img, 0, 1)
    return new, y.copy()


# --- A2.9 -------------------------------------------------------------------


def build_cnn(input_shape, n_classes, max_params=20_000):
    """A small convolutional network that ends in logits."""
    model = keras.Sequential()
    model.add(keras.Input(shape=input_shape))
    model.add(keras.layers.Conv2D(16, (3, 3), padding="same", activation="relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    model.add(keras.layers.Conv2D(20, (3, 3), padding="same", activation="relu"))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(n_classes))  # logits, the softmax is in the loss
    if model.count_params() > max_params:
        raise ValueError(f"too large: {model.count_params()} > {max_params}")
    return model


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    """Compile and fit any classifier that ends in logits."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.002), loss=loss, metrics=["accuracy"])
    history = model.fit(
        train[0],
        train[1],
        batch_size=32,
        epochs=epochs,
        validation_data=(val[0], val[1]),
        callbacks=list(callbacks),
        verbose=0,
    )
    return history


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images."""
    upto = keras.Model(inputs=model.inputs, outputs=model.get_layer(layer).output)
    return upto(x, training=False).numpy()


if __name__ == "__main__":
    # compare with Keras on random numbers
    rng = np.random.default_rng(0)
    images = rng.normal(size=(2, 9, 7, 3)).astype("float32")
    for pad in ("valid", "same"):
        conv = keras.layers.Conv2D(4, (2, 3), strides=(2, 2), padding=pad)
        theirs = conv(images).numpy()
        kernel, bias = conv.get_weights()
        print(pad, np.abs(conv2d(images, kernel, bias, (2, 2), pad) - theirs).max())
