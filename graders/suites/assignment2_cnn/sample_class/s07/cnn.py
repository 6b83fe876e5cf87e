"""Assignment 2: convolutional networks, first by hand and then in Keras.

Fill in the body of each function below, in any order, and run

    grade assignment2

Each task says what comes in, what must come out and which shapes they have.
Axes are named as in Keras: N images, H rows, W columns, C channels; kh and kw
are the height and width of a kernel and F the number of kernels (filters).
"""

import keras
import numpy as np


# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions at which a window fits along one axis."""
    result = (n + 2 * pad - k) / stride + 1
    # print("output_size", n, k, stride, pad, "->", result)
    return int(np.floor(result))


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros to add before and after an axis for `padding="same"`."""
    out = int(np.ceil(n / stride))
    total = max((out - 1) * stride + k - n, 0)
    left = int(total / 2)
    right = total - left
    return left, right


# --- A2.2 -------------------------------------------------------------------


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """What `keras.layers.Conv2D` computes: a cross-correlation plus a bias."""
    print("conv2d called")
    print("x", x.shape, "w", w.shape, "b", b.shape)
    print("stride", stride, "padding", padding)
    sx, sy = stride      # x = columns, y = rows
    kh, kw, C, F = w.shape
    if padding == "same":
        ph = same_padding(x.shape[1], kh, sy)
        pw = same_padding(x.shape[2], kw, sx)
        print("pad rows", ph, "pad columns", pw)
        x = np.pad(x, ((0, 0), ph, pw, (0, 0)))
        print("x after padding", x.shape)
    N, H, W, C = x.shape
    h_out = output_size(H, kh, sy)
    w_out = output_size(W, kw, sx)
    print("h_out", h_out, "w_out", w_out)
    out = np.zeros((N, h_out, w_out, F))
    for i in range(h_out):
        # print("row", i)
        for j in range(w_out):
            window = x[:, i * sy : i * sy + kh, j * sx : j * sx + kw, :]
            # print("window", window.shape)
            # out[:, i, j, :] = np.sum(window * w) + b      # ValueError: shapes?
            # out[:, i, j, :] = np.dot(window, w) + b       # also wrong
            for f in range(F):
                out[:, i, j, f] = (window * w[:, :, :, f]).sum(axis=(1, 2, 3)) + b[f]
    print("out", out.shape, "min", out.min(), "max", out.max())
    print("---------------------------")
    return out


# --- A2.3 -------------------------------------------------------------------


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients of `sum(dout * conv2d(x, w, b, stride))`, padding "valid".

    Gradients are sums over the batch. Dividing by the number of images belongs
    to the loss, which alone knows whether it averages.

    Args:
        dout: (N, H', W', F). Gradient of the loss with respect to the output.
        x: (N, H, W, C). The images that went in.
        w: (kh, kw, C, F). The kernels.
        stride: (rows, columns). As in the forward pass.

    Returns:
        `(dx, dw, db)`: (N, H, W, C), (kh, kw, C, F) and (F,).
    """
    # db = dout.sum(axis=(0, 1, 2))
    # dw = ???
    raise NotImplementedError("A2.3 conv2d_backward: see lesson L13, section 4")


# --- A2.4 -------------------------------------------------------------------


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """The largest value of each window, channel by channel.

    Args:
        x: (N, H, W, C). Images or feature maps.
        size: (rows, columns) of the window.
        stride: (rows, columns). Step of the window.

    Returns:
        (N, H', W', C). Rows and columns that do not fill a window are dropped.
    """
    raise NotImplementedError("A2.4 max_pool: see lesson L13, section 5")


# --- A2.5 -------------------------------------------------------------------


def named_kernel():
    """Five classic kernels, to be used as `conv2d` uses them (not flipped)."""
    kernels = {
        "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=float),
        "sobel_x": np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=float),
        "sobel_y": np.array([[-1, -2, -1], [0, 0, 0], [1, 2, 1]], dtype=float),
        "blur": np.ones((3, 3)) / 9,
        "laplace": np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=float),
    }
    for name in kernels:
        print(name, kernels[name].shape, kernels[name].sum())
    return kernels


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Number of trainable numbers in a convolution layer."""
    return kh * kw * c_in * c_out


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see.

    Args:
        layers: `(kernel size, stride)` of each convolution or pooling layer, the
            first layer first.

    >>> receptive_field([(3, 1)])
    3
    """
    raise NotImplementedError("A2.6 receptive_field: see lesson L13, section 6")


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    """Turn the digits into data a CNN can train on."""
    from sklearn.model_selection import train_test_split

    print(X.shape, X.dtype, y.shape)
    X = X.astype("float32").reshape(-1, 8, 8, 1)
    x_train, x_rest, y_train, y_rest = train_test_split(
        X, y, test_size=0.4, random_state=0, stratify=y
    )
    x_val, x_test, y_val, y_test = train_test_split(
        x_rest, y_rest, test_size=0.5, random_state=0, stratify=y_rest
    )
    print(x_train.shape, x_val.shape, x_test.shape)
    print("max", x_train.max())
    return (x_train, y_train), (x_val, y_val), (x_test, y_test)


# --- A2.8 -------------------------------------------------------------------


def augment(x, y, rng):
    """A fresh variation of every image: shifted, rotated and noisy.

    Args:
        x: (N, H, W, 1). Images in [0, 1].
        y: (N,). Labels.
        rng: a `numpy.random.Generator`. The only source of randomness, so that the
            same generator state gives the same result.
    """
    raise NotImplementedError("A2.8 augment: see lesson L13, section 8")


# --- A2.9 -------------------------------------------------------------------


def build_cnn(input_shape, n_classes, max_params=20_000):
    """A small convolutional network that ends in logits."""
    # model = keras.Sequential()
    # model.add(keras.layers.Conv2D(32, 3))
    # model.add(keras.layers.Flatten())
    raise NotImplementedError("A2.9 build_cnn: see lesson L13, section 9")


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    """Compile and fit any classifier that ends in logits."""
    raise NotImplementedError("A2.10 train: see lesson L13, section 10")


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images."""
    raise NotImplementedError("A2.10 feature_maps: see lesson L13, section 11")
