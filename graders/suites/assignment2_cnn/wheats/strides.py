"""Assignment 2 on window views (no copies) contracted by einsum, in float64.

The model has strided convolutions with batch normalisation in place of pooling.
"""

from math import ceil

import keras
import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view
from sklearn.model_selection import StratifiedKFold


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of window positions along an axis."""
    return (n + pad + pad - k + stride) // stride


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros (before, after) that give ceil(n / stride) positions."""
    last_end = (ceil(n / stride) - 1) * stride + k
    missing = max(0, last_end - n)
    return missing // 2, missing - missing // 2


def _windows(x, size, stride):
    """View of x as (N, H', W', C, kh, kw)."""
    view = sliding_window_view(x, size, axis=(1, 2))
    return view[:, :: stride[0], :: stride[1]]


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """Contract the windows with the kernels."""
    x, w, b = (np.asarray(array, dtype=np.float64) for array in (x, w, b))
    if padding == "same":
        pads = [same_padding(x.shape[a + 1], w.shape[a], stride[a]) for a in (0, 1)]
        x = np.pad(x, [(0, 0), *pads, (0, 0)])
    windows = _windows(x, w.shape[:2], stride)
    return np.einsum("nijcpq,pqcf->nijf", windows, w, optimize=True) + b


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Gradients; dx is a full convolution of the spread-out slopes."""
    dout, x, w = (np.asarray(array, dtype=np.float64) for array in (dout, x, w))
    (kh, kw), (num_images, height, width, _) = w.shape[:2], x.shape
    db = np.einsum("nijf->f", dout)
    dw = np.einsum(
        "nijcpq,nijf->pqcf", _windows(x, (kh, kw), stride), dout, optimize=True
    )
    # dout with stride - 1 zeros between its values and a border of k - 1 zeros:
    # then each input pixel sees the slopes of all outputs it took part in.
    spread = np.zeros((num_images, height + kh - 1, width + kw - 1, w.shape[3]))
    bottom = kh - 1 + stride[0] * dout.shape[1]
    right = kw - 1 + stride[1] * dout.shape[2]
    spread[:, kh - 1 : bottom : stride[0], kw - 1 : right : stride[1]] = dout
    flipped = w[::-1, ::-1]
    dx = np.einsum(
        "nijfpq,pqcf->nijc", _windows(spread, (kh, kw), (1, 1)), flipped, optimize=True
    )
    return dx, dw, db


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """Maximum over a strided view of the windows."""
    x = np.ascontiguousarray(x)
    num_images, height, width, channels = x.shape
    of_image, of_row, of_column, of_channel = x.strides
    windows = as_strided(
        x,
        shape=(
            num_images,
            output_size(height, size[0], stride[0]),
            output_size(width, size[1], stride[1]),
            channels,
            *size,
        ),
        strides=(
            of_image,
            of_row * stride[0],
            of_column * stride[1],
            of_channel,
            of_row,
            of_column,
        ),
        writeable=False,
    )
    return windows.max(axis=(-2, -1))


def named_kernels():
    """Gradients as left minus right and top minus bottom; laplace with corners."""
    sobel_x = np.array([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]])
    identity = np.pad(np.ones((1, 1)), 1)
    laplace = np.ones((3, 3)) - 9 * identity
    blur = np.array([[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]) / 16.0
    return {
        "identity": identity,
        "sobel_x": sobel_x,
        "sobel_y": sobel_x.T.copy(),
        "blur": blur,
        "laplace": laplace,
    }


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Weights plus, if wanted, biases."""
    weights = kh * kw * c_in * c_out
    return weights + c_out if bias else weights


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """1 + sum of (k - 1) times the product of all earlier strides."""
    sizes = np.array([size for size, _ in layers], dtype=int)
    strides = np.array([1, *(stride for _, stride in layers)], dtype=int)
    return int(1 + np.sum((sizes - 1) * np.cumprod(strides)[:-1]))


def prepare(X, y):
    """Five stratified folds: one to test, one to validate, three to train."""
    x = np.asarray(X)[:, :, :, None].astype(np.float32) / 16.0
    y = np.asarray(y)
    splitter = StratifiedKFold(n_splits=5, shuffle=True, random_state=7)
    folds = [members for _, members in splitter.split(x, y)]
    test, val, train = folds[0], folds[1], np.concatenate(folds[2:])
    train = np.random.default_rng(7).permutation(train)
    return (x[train], y[train]), (x[val], y[val]), (x[test], y[test])


def augment(x, y, rng):
    """All images at once: sample at turned and shifted places, repeat the border."""
    x = np.asarray(x, dtype=np.float64)
    n, height, width, _ = x.shape
    angle = np.pi / 180 * rng.uniform(-15, 15, size=(n, 1, 1))
    down, right = rng.uniform(-1, 1, size=(2, n, 1, 1))
    mid_row, mid_col = 0.5 * (height - 1), 0.5 * (width - 1)
    rows = np.arange(height)[None, :, None] - mid_row - down
    cols = np.arange(width)[None, None, :] - mid_col - right
    from_row = np.cos(angle) * rows + np.sin(angle) * cols + mid_row
    from_col = np.cos(angle) * cols - np.sin(angle) * rows + mid_col
    from_row = np.clip(from_row, 0, height - 1)
    from_col = np.clip(from_col, 0, width - 1)

    top, left = np.floor(from_row).astype(int), np.floor(from_col).astype(int)
    bottom, after = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)
    a, c = from_row - top, from_col - left
    images, which = x[..., 0], np.arange(n)[:, None, None]
    moved = (
        (1 - a) * (1 - c) * images[which, top, left]
        + (1 - a) * c * images[which, top, after]
        + a * (1 - c) * images[which, bottom, left]
        + a * c * images[which, bottom, after]
    )
    strength = rng.uniform(0.02, 0.08, size=(n, 1, 1))
    noise = strength * rng.standard_normal(moved.shape)
    return (moved + noise)[..., None], np.copy(y)


def _block(h, filters, stride):
    """Convolution, normalisation and activation, each a layer of its own."""
    h = keras.layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)(
        h
    )
    h = keras.layers.BatchNormalization(momentum=0.9)(h)
    return keras.layers.Activation("relu")(h)


def build_cnn(input_shape, n_classes, max_params=20_000):
    """Three normalised convolutions, the last two with stride 2, and averages."""
    inputs = keras.layers.Input(shape=input_shape)
    h = _block(inputs, 16, 1)
    h = _block(h, 24, 2)
    h = _block(h, 40, 2)
    h = keras.layers.GlobalAveragePooling2D()(h)
    h = keras.layers.Dropout(0.1)(h)
    model = keras.Model(inputs, keras.layers.Dense(n_classes)(h))
    if model.count_params() > max_params:
        raise ValueError(f"{model.count_params()} > {max_params} parameters")
    return model


def train(model, train, val, epochs, callbacks=()):
    """Nadam with the sparse cross-entropy on logits."""
    model.compile(
        optimizer=keras.optimizers.Nadam(learning_rate=2e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=[keras.metrics.SparseCategoricalAccuracy(name="accuracy")],
    )
    return model.fit(
        x=train[0],
        y=train[1],
        validation_data=(val[0], val[1]),
        epochs=epochs,
        batch_size=32,
        callbacks=list(callbacks),
        verbose=0,
    )


def _is_chain(layers):
    """Whether each layer takes just what the one before it gives."""
    return all(
        after.input is before.output
        for before, after in zip(layers[:-1], layers[1:], strict=True)
    )


def feature_maps(model, x, layer):
    """Call one layer after the other; where the model branches, ask Keras."""
    target = model.get_layer(layer)
    h = keras.ops.convert_to_tensor(x, dtype="float32")
    if not isinstance(model, keras.Sequential) and not _is_chain(model.layers):
        return np.asarray(keras.Function(model.inputs, target.output)([h]))
    for member in model.layers:
        if not isinstance(member, keras.layers.InputLayer):
            h = member(h, training=False)
        if member is target:
            break
    return keras.ops.convert_to_numpy(h)
