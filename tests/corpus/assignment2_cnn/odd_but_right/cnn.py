import tensorflow as tf


def output_size(n, k, stride=1, pad=0):
    return np.int32((n + 2 * pad - k) // stride + 1)


def same_padding(n, k, stride=1):
    total = max((-(-n // stride) - 1) * stride + k - n, 0)
    return [np.int64(total // 2), float(total - total // 2)]


def conv2d(x, w, b, stride=(1, 1), padding="valid"):
    w, b = w.astype(x.dtype), b.astype(x.dtype)
    if padding == "same":
        rows = [int(p) for p in same_padding(x.shape[1], w.shape[0], stride[0])]
        columns = [int(p) for p in same_padding(x.shape[2], w.shape[1], stride[1])]
        x = np.pad(x, ((0, 0), rows, columns, (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[:2], axis=(1, 2))
    windows = windows[:, :: stride[0], :: stride[1]]
    return tf.constant(np.einsum("nijcab,abcf->nijf", windows, w) + b)


def conv2d_backward(dout, x, w, stride=(1, 1)):
    kh, kw = w.shape[:2]
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for i in range(dout.shape[1]):
        for j in range(dout.shape[2]):
            rows = slice(i * stride[0], i * stride[0] + kh)
            columns = slice(j * stride[1], j * stride[1] + kw)
            dx[:, rows, columns] += np.einsum("nf,abcf->nabc", dout[:, i, j], w)
            dw += np.einsum("nabc,nf->abcf", x[:, rows, columns], dout[:, i, j])
    return [tf.Variable(dx), np.asfortranarray(dw), tf.constant(dout.sum(axis=(0, 1, 2)))]


def max_pool(x, size=(2, 2), stride=(2, 2)):
    windows = np.lib.stride_tricks.sliding_window_view(x, size, axis=(1, 2))
    return windows[:, :: stride[0], :: stride[1]].max(axis=(-2, -1)).astype(">f4")


def named_kernels():
    kernels = {
        "identity": np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        "sobel_x": tf.constant([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]]),
        "sobel_y": np.float16([[1, 2, 1], [0, 0, 0], [-1, -2, -1]]),
        "blur": np.float32([[1, 2, 1], [2, 4, 2], [1, 2, 1]]) / 16,
        "laplace": np.int8([[1, 1, 1], [1, -8, 1], [1, 1, 1]]),
        "one more": np.zeros(2),
    }
    return kernels


def conv_params(kh, kw, c_in, c_out, bias=True):
    return np.float32(kh * kw * c_in * c_out + c_out * bool(bias))


def receptive_field(layers):
    sizes = np.array([size for size, _ in layers])
    jumps = np.cumprod([1, *(stride for _, stride in layers)])[:-1]
    return np.array(1 + np.sum((sizes - 1) * jumps))


def prepare(X, y):
    from sklearn.model_selection import train_test_split

    x = (np.asarray(X, dtype="float32") / 16.0)[..., np.newaxis]
    x_train, rest, y_train, y_rest = train_test_split(
        x, y, test_size=0.4, stratify=y, random_state=0
    )
    x_val, x_test, y_val, y_test = train_test_split(
        rest, y_rest, test_size=0.5, stratify=y_rest, random_state=0
    )
    return [
        [tf.constant(x_train), y_train.astype("int32")],
        [x_val, tf.constant(y_val)],
        (x_test, y_test.astype("uint8")),
    ]


def augment(x, y, rng):
    from scipy import ndimage

    images = []
    for image in x[..., 0]:
        moved = ndimage.rotate(image, rng.uniform(-14, 14), reshape=False, order=1)
        moved = ndimage.shift(moved, rng.uniform(-1, 1, 2), order=1)
        images.append(moved + rng.normal(0, 0.04, moved.shape))
    return [tf.constant(np.clip(images, 0, 1)[..., None]), tf.constant(y)]
