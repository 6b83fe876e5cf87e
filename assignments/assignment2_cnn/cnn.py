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
    # YOUR CODE HERE (A2.1)
    raise NotImplementedError("A2.1 output_size: see lesson L13, section 2")
    # END A2.1


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
    # YOUR CODE HERE (A2.1)
    raise NotImplementedError("A2.1 same_padding: see lesson L13, section 2")
    # END A2.1


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
    # YOUR CODE HERE (A2.2)
    raise NotImplementedError("A2.2 conv2d: see lesson L13, section 3")
    # END A2.2


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
    # YOUR CODE HERE (A2.3)
    raise NotImplementedError("A2.3 conv2d_backward: see lesson L13, section 4")
    # END A2.3


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
    # YOUR CODE HERE (A2.4)
    raise NotImplementedError("A2.4 max_pool: see lesson L13, section 5")
    # END A2.4


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
    # YOUR CODE HERE (A2.5)
    raise NotImplementedError("A2.5 named_kernels: see lesson L13, section 1")
    # END A2.5


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
    # YOUR CODE HERE (A2.6)
    raise NotImplementedError("A2.6 conv_params: see lesson L13, section 6")
    # END A2.6


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input pixels along one axis one output value can see.

    Args:
        layers: `(kernel size, stride)` of each convolution or pooling layer, the
            first layer first.

    >>> receptive_field([(3, 1)])
    3
    """
    # YOUR CODE HERE (A2.6)
    raise NotImplementedError("A2.6 receptive_field: see lesson L13, section 6")
    # END A2.6


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
    # YOUR CODE HERE (A2.7)
    raise NotImplementedError("A2.7 prepare: see lesson L13, section 7")
    # END A2.7


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
    # YOUR CODE HERE (A2.8)
    raise NotImplementedError("A2.8 augment: see lesson L13, section 8")
    # END A2.8


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
    # YOUR CODE HERE (A2.9)
    raise NotImplementedError("A2.9 build_cnn: see lesson L13, section 9")
    # END A2.9


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
    # YOUR CODE HERE (A2.10)
    raise NotImplementedError("A2.10 train: see lesson L13, section 10")
    # END A2.10


def feature_maps(model, x, layer):
    """What one layer of a model gives for a batch of images.

    Args:
        model: a `keras.Model`, already built: a chain of layers.
        x: (N, H, W, C). Images.
        layer: the name of one of its convolution or pooling layers.

    Returns:
        (N, h, w, F). The output of that layer.
    """
    # YOUR CODE HERE (A2.10)
    raise NotImplementedError("A2.10 feature_maps: see lesson L13, section 11")
    # END A2.10
