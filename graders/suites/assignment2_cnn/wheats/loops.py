"""Assignment 2 with plain Python loops: one number is computed at a time.

The model is a keras.Sequential; pictures are turned pixel by pixel.
"""

import math

import keras
import numpy as np


def output_size(n, k, stride=1, pad=0):
    """Count the starts at which a whole window still fits."""
    return len(range(0, n + 2 * pad - k + 1, stride))


def same_padding(n, k, stride=1):
    """Add zeros one by one until there are ceil(n / stride) positions."""
    wanted = math.ceil(n / stride)
    total = 0
    while output_size(n + total, k, stride) < wanted:
        total += 1
    before = total // 2
    return before, total - before


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """Cross-correlation plus bias, seven loops deep."""
    dtype = np.result_type(x, w, b, np.float32)
    x = np.asarray(x, dtype=float)
    w = np.asarray(w, dtype=float)
    b = np.asarray(b, dtype=float)
    images, height, width, channels = x.shape
    kh, kw, _, filters = w.shape
    if padding == "same":
        top, bottom = same_padding(height, kh, stride[0])
        left, right = same_padding(width, kw, stride[1])
    else:
        top = bottom = left = right = 0
    out_height = output_size(height + top + bottom, kh, stride[0])
    out_width = output_size(width + left + right, kw, stride[1])

    out = np.zeros((images, out_height, out_width, filters))
    for n in range(images):
        for i in range(out_height):
            for j in range(out_width):
                for f in range(filters):
                    total = b[f]
                    for p in range(kh):
                        row = i * stride[0] + p - top
                        if row < 0 or row >= height:
                            continue
                        for q in range(kw):
                            column = j * stride[1] + q - left
                            if column < 0 or column >= width:
                                continue
                            for c in range(channels):
                                total += x[n, row, column, c] * w[p, q, c, f]
                    out[n, i, j, f] = total
    return out.astype(dtype)


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Send each output's slope back to everything it was made of."""
    dtype = np.result_type(dout, x, w, np.float32)
    dout = np.asarray(dout, dtype=float)
    x = np.asarray(x, dtype=float)
    w = np.asarray(w, dtype=float)
    kh, kw, channels, filters = w.shape
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(filters)
    for n in range(dout.shape[0]):
        for i in range(dout.shape[1]):
            for j in range(dout.shape[2]):
                for f in range(filters):
                    slope = dout[n, i, j, f]
                    db[f] += slope
                    for p in range(kh):
                        for q in range(kw):
                            row, column = i * stride[0] + p, j * stride[1] + q
                            for c in range(channels):
                                dx[n, row, column, c] += slope * w[p, q, c, f]
                                dw[p, q, c, f] += slope * x[n, row, column, c]
    return dx.astype(dtype), dw.astype(dtype), db.astype(dtype)


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """Keep the largest number of each window."""
    x = np.asarray(x)
    images, height, width, channels = x.shape
    out_height = output_size(height, size[0], stride[0])
    out_width = output_size(width, size[1], stride[1])
    out = np.empty((images, out_height, out_width, channels), dtype=x.dtype)
    for n in range(images):
        for i in range(out_height):
            for j in range(out_width):
                for c in range(channels):
                    best = -math.inf
                    for p in range(size[0]):
                        for q in range(size[1]):
                            value = x[n, i * stride[0] + p, j * stride[1] + q, c]
                            if value > best:
                                best = value
                    out[n, i, j, c] = best
    return out


def named_kernels():
    """Five kernels, written out."""
    return {
        "identity": np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        "sobel_x": np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]),
        "sobel_y": np.array([[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]]),
        "blur": np.array([[1.0, 1, 1], [1, 1, 1], [1, 1, 1]]) / 9,
        "laplace": np.array([[0.0, -1, 0], [-1, 4, -1], [0, -1, 0]]),
    }


def conv_params(kh, kw, c_in, c_out, bias=True):
    """Count filter by filter."""
    total = 0
    for _ in range(c_out):
        total += kh * kw * c_in
        if bias:
            total += 1
    return total


def receptive_field(layers):
    """Go back from one output value to the input."""
    field = 1
    for size, stride in reversed(list(layers)):
        field = (field - 1) * stride + size
    return field


def prepare(X, y):
    """Scale, then split the images of each class 60/20/20."""
    x = np.array(X, dtype=np.float32).reshape(-1, 8, 8, 1) / np.float32(16)
    y = np.array(y)
    rng = np.random.default_rng(42)
    train, val, test = [], [], []
    for label in sorted(set(y.tolist())):
        members = [i for i in range(len(y)) if y[i] == label]
        rng.shuffle(members)
        num_train = round(0.6 * len(members))
        num_val = round(0.2 * len(members))
        for position, index in enumerate(members):
            if position < num_train:
                train.append(index)
            elif position < num_train + num_val:
                val.append(index)
            else:
                test.append(index)
    for part in (train, val, test):
        rng.shuffle(part)
    return (x[train], y[train]), (x[val], y[val]), (x[test], y[test])


def _pixel(image, row, column):
    """The pixel at a place, zero outside of the image."""
    if 0 <= row < len(image) and 0 <= column < len(image[0]):
        return image[row][column]
    return 0.0


def _turn_and_shift(image, angle, down, right):
    """Turn a list of rows about its middle, then move it by whole pixels."""
    height, width = len(image), len(image[0])
    middle_row, middle_column = (height - 1) / 2, (width - 1) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    out = []
    for i in range(height):
        line = []
        for j in range(width):
            v, u = i - down - middle_row, j - right - middle_column
            row = middle_row + cos * v - sin * u
            column = middle_column + sin * v + cos * u
            r, c = math.floor(row), math.floor(column)
            a, b = row - r, column - c
            line.append(
                (1 - a) * (1 - b) * _pixel(image, r, c)
                + (1 - a) * b * _pixel(image, r, c + 1)
                + a * (1 - b) * _pixel(image, r + 1, c)
                + a * b * _pixel(image, r + 1, c + 1)
            )
        out.append(line)
    return out


def augment(x, y, rng):
    """Change the images one after the other."""
    out = np.zeros(x.shape, dtype=np.float32)
    for n in range(len(x)):
        angle = math.radians(rng.uniform(-12, 12))
        down, right = (int(step) for step in rng.integers(-1, 2, size=2))
        image = np.asarray(x[n, :, :, 0]).tolist()
        moved = np.array(_turn_and_shift(image, angle, down, right))
        noisy = moved + rng.normal(0.0, 0.05, size=moved.shape)
        out[n, :, :, 0] = np.clip(noisy, 0.0, 1.0)
    return out, np.array(y)


def build_cnn(input_shape, n_classes, max_params=20_000):
    """Convolution and pooling until the map is small, then one dense layer."""
    model = keras.Sequential(name="digits")
    model.add(keras.layers.Input(shape=input_shape))
    filters = [16, 24, 24, 24, 24, 24]
    model.add(keras.layers.Conv2D(filters[0], 3, padding="same", activation="relu"))
    size, block = min(input_shape[:2]), 1
    while size > 4:
        model.add(keras.layers.MaxPooling2D(2))
        model.add(
            keras.layers.Conv2D(
                filters[min(block, 5)], 3, padding="same", activation="relu"
            )
        )
        size, block = size // 2, block + 1
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(n_classes))
    if model.count_params() > max_params:
        raise ValueError("this network does not fit into max_params")
    return model


def train(model, train, val, epochs, callbacks=()):
    """Adam and the cross-entropy of integer labels from logits."""
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.003),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    x_train, y_train = train
    x_val, y_val = val
    return model.fit(
        x_train,
        y_train,
        batch_size=32,
        epochs=epochs,
        validation_data=(x_val, y_val),
        callbacks=list(callbacks),
        verbose=0,
    )


def feature_maps(model, x, layer):
    """Ask Keras for the function from the input to that layer."""
    until = keras.Function(model.inputs, model.get_layer(layer).output)
    return np.array(until([np.asarray(x, dtype=np.float32)]))
