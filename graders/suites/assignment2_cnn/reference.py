"""Assignment 2: convolutional networks, first by hand and then in Keras.

Fill in the body of each function below, in any order, and run

    grade assignment2

Each task says what comes in, what must come out and which shapes they have.
Axes are named as in Keras: N images, H rows, W columns, C channels; kh and kw
are the height and width of a kernel and F the number of kernels (filters).
The handout beside this file has the points and the limits. You may add your own
functions, and use NumPy, SciPy, scikit-learn and Keras.
"""

import keras
import numpy as np

# --- A2.1 -------------------------------------------------------------------


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Number of positions at which a window fits along one axis.

    Args:
        n: size of the axis.
        k: size of the window.
        stride: step between two positions.
        pad: zeros added at *each* end of the axis.

    Returns:
        The number of positions, an int. A last step that does not fit is dropped.

    >>> output_size(8, 3)
    6
    """
    # BEGIN SOLUTION A2.1 | lesson L13, section 2
    return (n + 2 * pad - k) // stride + 1
    # END SOLUTION


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros to add before and after an axis for `padding="same"`.

    The rule of TensorFlow: the output has ceil(n / stride) positions, the total
    padding is the least that gives so many, and where it is odd the extra zero
    goes *after*.

    Args:
        n: size of the axis.
        k: size of the window.
        stride: step between two positions.

    Returns:
        `(before, after)`, two ints, never negative.

    >>> same_padding(5, 3)
    (1, 1)
    """
    # BEGIN SOLUTION A2.1 | lesson L13, section 2
    num_positions = -(-n // stride)
    total = max((num_positions - 1) * stride + k - n, 0)
    return total // 2, total - total // 2
    # END SOLUTION


# --- A2.2 -------------------------------------------------------------------


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """What `keras.layers.Conv2D` computes: a cross-correlation plus a bias.

    The kernel is not flipped. Use NumPy; calling Keras' own convolution here
    gives the right numbers and teaches nothing.

    Args:
        x: (N, H, W, C). Images.
        w: (kh, kw, C, F). F kernels.
        b: (F,). One bias per kernel.
        stride: (rows, columns). Step of the window.
        padding: "valid" (no padding) or "same" (padding as in `same_padding`).

    Returns:
        (N, H', W', F), an array of floats. For "valid", H' is
        `output_size(H, kh, stride[0])`; for "same", ceil(H / stride[0]).
    """
    # BEGIN SOLUTION A2.2 | lesson L13, section 3
    kh, kw, _, num_kernels = w.shape
    if padding == "same":
        rows = same_padding(x.shape[1], kh, stride[0])
        columns = same_padding(x.shape[2], kw, stride[1])
        x = np.pad(x, ((0, 0), rows, columns, (0, 0)))
    height = output_size(x.shape[1], kh, stride[0])
    width = output_size(x.shape[2], kw, stride[1])
    out = np.empty((len(x), height, width, num_kernels), np.result_type(x, w, b))
    for i in range(height):
        for j in range(width):
            top, left = i * stride[0], j * stride[1]
            window = x[:, top : top + kh, left : left + kw, :]  # (N, kh, kw, C)
            out[:, i, j, :] = np.tensordot(window, w, axes=3) + b  # (N, F)
    return out
    # END SOLUTION


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
    # BEGIN SOLUTION A2.3 | lesson L13, section 4
    kh, kw = w.shape[:2]
    dx = np.zeros_like(x, dtype=np.result_type(dout, w))
    dw = np.zeros_like(w, dtype=np.result_type(dout, x))
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            rows = slice(i * stride[0], i * stride[0] + kh)
            columns = slice(j * stride[1], j * stride[1] + kw)
            slope = dout[:, i, j, :]  # (N, F)
            dx[:, rows, columns, :] += np.tensordot(slope, w, axes=(1, 3))
            dw += np.tensordot(x[:, rows, columns, :], slope, axes=(0, 0))
    return dx, dw, dout.sum(axis=(0, 1, 2))
    # END SOLUTION


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
    # BEGIN SOLUTION A2.4 | lesson L13, section 5
    height = output_size(x.shape[1], size[0], stride[0])
    width = output_size(x.shape[2], size[1], stride[1])
    out = np.empty((len(x), height, width, x.shape[3]), x.dtype)
    for i in range(height):
        for j in range(width):
            top, left = i * stride[0], j * stride[1]
            window = x[:, top : top + size[0], left : left + size[1], :]
            out[:, i, j, :] = window.max(axis=(1, 2))
    return out
    # END SOLUTION


# --- A2.5 -------------------------------------------------------------------


def named_kernels():
    """Five classic kernels, to be used as `conv2d` uses them (not flipped).

    Returns:
        A dict with the keys "identity" (gives the image back), "sobel_x" (answers
        to a change from left to right), "sobel_y" (to a change from top to
        bottom), "blur" (an average) and "laplace" (zero on every linear ramp, and
        alike for a bend along either axis). Each value is a float array of shape
        (3, 3).
    """
    # BEGIN SOLUTION A2.5 | lesson L13, section 1
    identity = np.zeros((3, 3))
    identity[1, 1] = 1.0
    sobel_x = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    laplace = np.array([[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]])
    return {
        "identity": identity,
        "sobel_x": sobel_x,
        "sobel_y": sobel_x.T,
        "blur": np.full((3, 3), 1 / 9),
        "laplace": laplace,
    }
    # END SOLUTION


# --- A2.6 -------------------------------------------------------------------


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Number of trainable numbers in a convolution layer.

    Args:
        kh: rows of the kernel.
        kw: columns of the kernel.
        c_in: channels that go in.
        c_out: channels that come out.
        bias: whether the layer has one bias per output channel.

    >>> conv_params(3, 3, 1, 1)
    10
    """
    # BEGIN SOLUTION A2.6 | lesson L13, section 6
    return kh * kw * c_in * c_out + (c_out if bias else 0)
    # END SOLUTION


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see.

    Args:
        layers: `(kernel size, stride)` of each convolution or pooling layer, the
            first layer first.

    >>> receptive_field([(3, 1)])
    3
    """
    # BEGIN SOLUTION A2.6 | lesson L13, section 6
    field, jump = 1, 1
    for size, stride in layers:
        field += (size - 1) * jump
        jump *= stride
    return field
    # END SOLUTION


# --- A2.7 -------------------------------------------------------------------


def prepare(X, y):
    """Turn the digits into data a CNN can train on.

    Args:
        X: (N, 8, 8), uint8 or float. Pixels between 0 and 16, N at least 100.
        y: (N,), int. Labels, in the order of the people who wrote the digits:
            shuffle before you split.

    Returns:
        `((x_train, y_train), (x_val, y_val), (x_test, y_test))` with 60, 20 and
        20 percent of the images. Each x is float32 (n, 8, 8, 1) in [0, 1], each y
        int (n,). Every image is in exactly one split, with its own label, and each
        split has the same mix of classes (stratified).
    """
    # BEGIN SOLUTION A2.7 | lesson L13, section 7
    x = (np.asarray(X, dtype="float32") / 16.0)[..., np.newaxis]
    y = np.asarray(y)
    rng = np.random.default_rng(0)
    parts = ([], [], [])
    for label in np.unique(y):
        members = rng.permutation(np.flatnonzero(y == label))
        ends = [round(0.6 * len(members)), round(0.8 * len(members))]
        for part, chosen in zip(parts, np.split(members, ends), strict=True):
            part.extend(chosen)
    train, val, test = (rng.permutation(part) for part in parts)
    return (x[train], y[train]), (x[val], y[val]), (x[test], y[test])
    # END SOLUTION


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
    # BEGIN SOLUTION A2.8 | lesson L13, section 8
    num_images, height, width, _ = x.shape
    angles = np.deg2rad(rng.uniform(-15, 15, num_images))
    shifts = rng.uniform(-1, 1, (num_images, 2))
    rows, columns = np.mgrid[:height, :width]
    rows = rows - (height - 1) / 2
    columns = columns - (width - 1) / 2
    out = np.empty(x.shape, "float32")
    for image in range(num_images):
        cos, sin = np.cos(angles[image]), np.sin(angles[image])
        down, right = rows - shifts[image, 0], columns - shifts[image, 1]
        from_row = cos * down + sin * right + (height - 1) / 2
        from_column = cos * right - sin * down + (width - 1) / 2
        out[image, :, :, 0] = _bilinear(x[image, :, :, 0], from_row, from_column)
    noise = rng.normal(0, 0.05, x.shape)
    return np.clip(out + noise, 0, 1).astype("float32"), y.copy()
    # END SOLUTION


# BEGIN SOLUTION-ONLY
def _bilinear(image, rows, columns):
    """Values of `image` (H, W) at fractional positions; zero outside."""
    padded = np.pad(image, 2)
    rows = np.clip(rows + 2, 0, padded.shape[0] - 1.001)
    columns = np.clip(columns + 2, 0, padded.shape[1] - 1.001)
    top, left = rows.astype(int), columns.astype(int)
    down, right = rows - top, columns - left
    upper = padded[top, left] * (1 - right) + padded[top, left + 1] * right
    lower = padded[top + 1, left] * (1 - right) + padded[top + 1, left + 1] * right
    return upper * (1 - down) + lower * down


# END SOLUTION-ONLY
# --- A2.9 -------------------------------------------------------------------


def build_cnn(input_shape, n_classes, max_params=20_000):
    """A small convolutional network that ends in logits.

    Args:
        input_shape: (H, W, C). (8, 8, 1), (12, 12, 1) and (28, 28, 1) must work.
        n_classes: number of classes K.
        max_params: most parameters the model may have.

    Returns:
        A `keras.Model` from (B, H, W, C) to logits (B, K): no softmax at the end.
        At least two layers of weights, the first a convolution, and a non-linear
        activation between them. The same input gives the same output at
        inference.
    """
    # BEGIN SOLUTION A2.9 | lesson L13, section 9
    model = keras.Sequential(
        [
            keras.layers.Input(shape=input_shape),
            keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Conv2D(24, 3, padding="same", activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(n_classes),
        ]
    )
    if model.count_params() > max_params:
        raise ValueError(f"{model.count_params()} parameters; at most {max_params}")
    return model
    # END SOLUTION


# --- A2.10 ------------------------------------------------------------------


def train(model, train, val, epochs, callbacks=()):
    """Compile and fit any classifier that ends in logits.

    Use a cross-entropy for integer labels that knows about logits, batches of 32
    and an optimizer that learns within a few epochs.

    Args:
        model: a `keras.Model` from (B, H, W, C) to logits (B, K).
        train: `(x, y)` to learn from; y is int (n,).
        val: `(x, y)` to measure on after each epoch, never to learn from.
        epochs: how often to go through the training data.
        callbacks: Keras callbacks to pass on.

    Returns:
        The `keras.callbacks.History` of the fit, with "loss" and "val_loss".
    """
    # BEGIN SOLUTION A2.10 | lesson L13, section 10
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model.fit(
        train[0],
        train[1],
        validation_data=tuple(val),
        epochs=epochs,
        batch_size=32,
        callbacks=list(callbacks),
        verbose=0,
    )
    # END SOLUTION


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images.

    Args:
        model: a `keras.Model`, already built: a chain of layers.
        x: (N, H, W, C). Images.
        layer: the name of one of its convolution or pooling layers.

    Returns:
        (N, h, w, F). The output of that layer.
    """
    # BEGIN SOLUTION A2.10 | lesson L13, section 11
    part = keras.Model(model.inputs[0], model.get_layer(layer).output)
    return np.asarray(part(x, training=False))
    # END SOLUTION
