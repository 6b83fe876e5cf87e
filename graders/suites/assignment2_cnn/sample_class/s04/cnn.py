"""Assignment 2: convolutional networks, first by hand and then in Keras."""

import keras
import numpy as np
from scipy.ndimage import affine_transform


# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions at which a window fits along one axis."""
    return (n + 2*pad - k)//stride + 1


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros to add before and after an axis for `padding="same"`."""
    # kernel 3 -> 1 on each side, kernel 5 -> 2 on each side, ...
    p = (k - 1)//2
    return (p, p)


# --- A2.2 -------------------------------------------------------------------


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """What `keras.layers.Conv2D` computes: a cross-correlation plus a bias.

    Args:
        x: (N, H, W, C). Images.
        w: (kh, kw, C, F). F kernels.
        b: (F,). One bias per kernel.
    """
    kh, kw, C, F = w.shape
    if padding == "same":
        top, bottom = same_padding(x.shape[1], kh, stride[0])
        left, right = same_padding(x.shape[2], kw, stride[1])
        x = np.pad(x, [(0, 0), (top, bottom), (left, right), (0, 0)], mode="constant")
    N, H, W, C = x.shape
    Ho = output_size(H, kh, stride[0])
    Wo = output_size(W, kw, stride[1])
    y = np.zeros((N, Ho, Wo, F))
    # for n in range(N):              # too slow
    #     for i in range(Ho):
    #         for j in range(Wo):
    #             for f in range(F):
    # loop over the kernel instead of over the image
    for di in range(kh):
        for dj in range(kw):
            part = x[:, di:di + stride[0]*(Ho - 1) + 1:stride[0],
                     dj:dj + stride[1]*(Wo - 1) + 1:stride[1], :]    # (N, Ho, Wo, C)
            y += part @ w[di, dj]                                    # (C, F)
    return y + b


# --- A2.3 -------------------------------------------------------------------


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients of `sum(dout * conv2d(x, w, b, stride))`, padding "valid"."""
    kh, kw, C, F = w.shape
    N, Ho, Wo, _ = dout.shape
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    for di in range(kh):
        for dj in range(kw):
            # the same slices as in conv2d
            rows = slice(di, di + stride[0]*(Ho - 1) + 1, stride[0])
            cols = slice(dj, dj + stride[1]*(Wo - 1) + 1, stride[1])
            dx[:, rows, cols, :] += dout @ w[di, dj].T
            dw[di, dj] = np.tensordot(x[:, rows, cols, :], dout, axes=([0, 1, 2], [0, 1, 2]))
    db = np.sum(dout, axis=(0, 1, 2))
    return dx, dw, db


# --- A2.4 -------------------------------------------------------------------


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """The largest value of each window, channel by channel."""
    Ho = output_size(x.shape[1], size[0], stride[0])
    Wo = output_size(x.shape[2], size[1], stride[1])
    best = None
    for di in range(size[0]):
        for dj in range(size[1]):
            part = x[:, di:di + stride[0]*(Ho - 1) + 1:stride[0],
                     dj:dj + stride[1]*(Wo - 1) + 1:stride[1], :]
            if best is None:
                best = part.copy()
            else:
                best = np.maximum(best, part)
    return best


# --- A2.5 -------------------------------------------------------------------


def named_kernels():
    """Five classic kernels, to be used as `conv2d` uses them (not flipped)."""
    kernels = {}
    kernels["identity"] = np.array([[0., 0., 0.], [0., 1., 0.], [0., 0., 0.]])
    kernels["sobel_x"] = np.array([[-1., 0., 1.], [-2., 0., 2.], [-1., 0., 1.]])
    kernels["sobel_y"] = np.array([[-1., -2., -1.], [0., 0., 0.], [1., 2., 1.]])
    kernels["blur"] = np.array([[1., 1., 1.], [1., 1., 1.], [1., 1., 1.]])
    kernels["laplace"] = np.array([[0., 1., 0.], [1., -4., 1.], [0., 1., 0.]])
    return kernels


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Number of trainable numbers in a convolution layer."""
    weights = kh*kw*c_in*c_out
    return weights + c_out if bias else weights


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see."""
    rf, jump = 1, 1
    for k, s in layers:
        rf += (k - 1)*jump
        jump *= s
    return rf


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    """Turn the digits into data a CNN can train on."""
    x = (X/16.0).astype("float32")[:, :, :, None]
    rng = np.random.default_rng(0)
    where = [[], [], []]    # train, val, test
    for c in np.unique(y):
        idx = rng.permutation(np.nonzero(y == c)[0])
        n1, n2 = round(0.6*len(idx)), round(0.8*len(idx))
        where[0].append(idx[:n1])
        where[1].append(idx[n1:n2])
        where[2].append(idx[n2:])
    splits = []
    for w in where:
        idx = rng.permutation(np.concatenate(w))
        splits.append((x[idx], y[idx]))
    return tuple(splits)


# --- A2.8 -------------------------------------------------------------------


def augment(x, y, rng):
    """A fresh variation of every image: shifted, rotated and noisy."""
    N, H, W, _ = x.shape
    center = np.array([(H - 1)/2, (W - 1)/2])
    out = np.zeros_like(x, dtype="float32")
    for n in range(N):
        a = rng.uniform(-15, 15)*np.pi/180
        t = rng.uniform(-1, 1, size=2)
        M = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
        # affine_transform maps output to input: in = M @ out + offset
        out[n, :, :, 0] = affine_transform(
            x[n, :, :, 0], M, offset=center - M @ (center + t), order=1)
    out += rng.normal(0, 0.05, size=out.shape)
    return np.clip(out, 0, 1), y.copy()


# --- A2.9 -------------------------------------------------------------------


def build_cnn(input_shape, n_classes, max_params=20_000):
    """A small convolutional network that ends in logits."""
    inp = keras.Input(input_shape)
    h = keras.layers.Conv2D(16, 3, padding="same")(inp)
    h = keras.layers.ReLU()(h)
    h = keras.layers.MaxPooling2D(2)(h)
    h = keras.layers.Conv2D(24, 3, padding="same")(h)
    h = keras.layers.ReLU()(h)
    h = keras.layers.MaxPooling2D(2)(h)
    h = keras.layers.Flatten()(h)
    h = keras.layers.Dropout(0.2)(h)
    return keras.Model(inp, keras.layers.Dense(n_classes)(h))   # 15 410 for 28x28


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    """Compile and fit any classifier that ends in logits."""
    model.compile(
        keras.optimizers.Adam(0.002),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"])
    return model.fit(train[0], train[1], validation_data=(val[0], val[1]), epochs=epochs,
                     batch_size=32, callbacks=list(callbacks), verbose=0)


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images."""
    sub = keras.Model(model.inputs, model.get_layer(layer).output)
    return np.array(sub(x, training=False))
