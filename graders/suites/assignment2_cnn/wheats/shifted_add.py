"""Assignment 2 with loops over the kernel only: sums of shifted, strided images.

The model has a side branch, and augmentation is a product with sampling matrices.
"""

import keras
import numpy as np


def output_size(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """How often a window of k fits."""
    last_start = n + 2 * pad - k
    return last_start // stride + 1


def same_padding(n: int, k: int, stride: int = 1) -> tuple[int, int]:
    """Zeros (before, after) of TensorFlow's rule."""
    needed = ((n - 1) // stride) * stride + k
    total = needed - n if needed > n else 0
    return total >> 1, total - (total >> 1)


def _offsets(shape, size, stride):
    """For each place (p, q) in the window: the slices of x that it meets."""
    height = output_size(shape[1], size[0], stride[0])
    width = output_size(shape[2], size[1], stride[1])
    for p in range(size[0]):
        for q in range(size[1]):
            rows = slice(p, p + stride[0] * (height - 1) + 1, stride[0])
            columns = slice(q, q + stride[1] * (width - 1) + 1, stride[1])
            yield p, q, (slice(None), rows, columns)


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    """Add up the shifted images, each times its kernel entry."""
    if padding == "same":
        sides = [same_padding(x.shape[a + 1], w.shape[a], stride[a]) for a in (0, 1)]
        x = np.pad(x, ((0, 0), sides[0], sides[1], (0, 0)))
    out = np.asarray(b, dtype=np.result_type(x, w, b, np.float32))
    for p, q, where in _offsets(x.shape, w.shape[:2], stride):
        out = out + x[where] @ w[p, q]
    return out


def conv2d_backward(dout, x, w, stride=(1, 1)):
    """Add each slope to the same shifted slices."""
    dtype = np.result_type(dout, x, w, np.float32)
    dx, dw = np.zeros(x.shape, dtype), np.zeros(w.shape, dtype)
    for p, q, where in _offsets(x.shape, w.shape[:2], stride):
        dx[where] += dout @ w[p, q].T
        dw[p, q] = np.einsum("nijc,nijf->cf", x[where], dout)
    return dx, dw, dout.sum((0, 1, 2))


def max_pool(x, size=(2, 2), stride=(2, 2)):
    """Running maximum of the shifted images."""
    shifted = [x[where] for _, _, where in _offsets(x.shape, size, stride)]
    return np.maximum.reduce(shifted)


def named_kernels():
    """Gradients are divided by 8, so that a ramp gives its own slope."""
    identity = np.zeros((3, 3))
    identity[1, 1] = 1
    sobel_x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]) / 8
    cross = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
    return {
        "identity": identity,
        "sobel_x": sobel_x,
        "sobel_y": sobel_x.T,
        "blur": np.full((3, 3), 1.0) / 9,
        "laplace": cross - 5.0 * identity,
    }


def conv_params(kh: int, kw: int, c_in: int, c_out: int, bias: bool = True) -> int:
    """Per filter one kernel and perhaps one bias."""
    return c_out * (kh * kw * c_in + (1 if bias else 0))


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """What the last layer needs, seen through the layers before it."""
    if not layers:
        return 1
    size, stride = layers[0]
    return (receptive_field(layers[1:]) - 1) * stride + size


def prepare(X, y):
    """Shuffle, sort by class, and deal like cards: three to train, one, one."""
    x = np.asarray(X).astype("float32")[..., None] / np.float32(16)
    y = np.asarray(y)
    rng = np.random.default_rng(123)
    order = rng.permutation(len(y))
    order = order[np.argsort(y[order], kind="stable")]
    turn = np.arange(len(order)) % 5
    splits = []
    for mine in (turn < 3, turn == 3, turn == 4):
        chosen = rng.permutation(order[mine])
        splits.append((x[chosen], y[chosen]))
    return tuple(splits)


def _weights(places, n):
    """(N, P, n): share of each of n pixels in the value at each place."""
    return np.maximum(0, 1 - np.abs(places[..., None] - np.arange(n)))


def augment(x, y, rng):
    """Each image times a matrix for its rows and one for its columns."""
    n, height, width, _ = x.shape
    angles = rng.uniform(-np.pi / 12, np.pi / 12, n)
    shifts = rng.uniform(-1, 1, (n, 2))
    middle = np.array([height - 1, width - 1]) / 2
    grid = np.indices((height, width)).reshape(2, -1).T - middle  # (P, 2)
    cos, sin = np.cos(angles), np.sin(angles)
    turns = np.array([[cos, -sin], [sin, cos]]).transpose(2, 0, 1)  # (N, 2, 2)
    places = (grid - shifts[:, None]) @ turns + middle  # (N, P, 2)
    out = np.empty((n, height * width))
    for i in range(n):
        by_row = _weights(places[i, :, 0], height) @ x[i, :, :, 0]  # (P, W)
        out[i] = (by_row * _weights(places[i, :, 1], width)).sum(axis=1)
    noise = rng.uniform(-0.1, 0.1, x.shape)  # standard deviation 0.058
    return np.clip(out.reshape(x.shape) + noise, 0, 1).astype(np.float32), y.copy()


def build_cnn(input_shape, n_classes, max_params=20_000):
    """Two branches that meet again, a separable convolution, small dense end."""
    layers = keras.layers
    inputs = keras.Input(input_shape)
    stem = layers.Conv2D(16, 3, padding="same", name="stem")(inputs)
    stem = layers.LeakyReLU(negative_slope=0.1)(stem)
    side = layers.Conv2D(16, 3, padding="same", name="side")(stem)
    side = layers.LeakyReLU(negative_slope=0.1)(side)
    h = layers.Concatenate()([stem, side])
    h = layers.MaxPooling2D(2, name="pool")(h)
    h = layers.SeparableConv2D(32, 3, padding="same", name="separable")(h)
    h = layers.LeakyReLU(negative_slope=0.1)(h)
    # Whatever the size of the image, at most 4 x 4 places remain.
    window = [max(1, -(-(size // 2) // 4)) for size in input_shape[:2]]
    h = layers.MaxPooling2D(window, name="places")(h)
    h = layers.Flatten()(h)
    model = keras.Model(inputs, layers.Dense(n_classes, name="logits")(h))
    if model.count_params() > max_params:
        raise ValueError(f"too many parameters: {model.count_params()}")
    return model


def _loss(y_true, logits):
    """Mean cross-entropy of integer labels, from logits."""
    return keras.losses.sparse_categorical_crossentropy(
        y_true, logits, from_logits=True
    )


def train(model, train, val, epochs, callbacks=()):
    """Compile with an own loss function and fit."""
    model.compile(
        optimizer=keras.optimizers.AdamW(2e-3),
        loss=_loss,
        metrics=["sparse_categorical_accuracy"],
    )
    return model.fit(
        train[0],
        train[1],
        32,
        epochs,
        validation_data=(val[0], val[1]),
        callbacks=list(callbacks),
        verbose=0,
    )


def feature_maps(model, x, layer):
    """Let one model give the outputs of all layers, and pick one."""
    outputs = {member.name: member.output for member in model.layers}
    everything = keras.Model(model.inputs[0], outputs)
    maps = everything(np.asarray(x, dtype="float32"), training=False)
    return np.asarray(maps[layer])
