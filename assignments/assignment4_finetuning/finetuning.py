"""Assignment 4: fine-tuning a small pretrained network.

A network that can tell ten handwritten digits apart is adapted to another question
about them, with a few labels. You attach a new head, decide what may move, train in
two phases, and write three small layers that adapt a network without changing it.

Edit this file, then run `grade assignment4`. `handout.md`, beside this file, explains
the tasks, the points and the conventions.
"""

import keras
import numpy as np

# --- A4.1 -------------------------------------------------------------------


def attach_head(base, n_classes):
    """A classifier: the features of `base`, and one new dense layer on them.

    `base` itself becomes a part of the model, not a copy of it. It is called in
    inference mode, so that its batch normalization uses the statistics of the
    pretraining and not those of the batch.

    Args:
        base: a pretrained `keras.Model` from images (B, H, W, C) to features (B, F),
            which are its output.
        n_classes: number of classes K of the new task.

    Returns:
        A `keras.Model` from (B, H, W, C) to logits (B, K): no softmax at the end.
        Beside the weights of `base` it has a kernel (F, K) and a bias (K,), newly
        initialised, and no others.
    """
    # YOUR CODE HERE (A4.1)
    raise NotImplementedError("A4.1 attach_head: see lesson L17, section 2")
    # END A4.1


# --- A4.2 -------------------------------------------------------------------


def set_mode(model, base, mode, n_last=1):
    """Choose which weights may move in training.

    Whatever belongs to `model` and not to `base` (the head) is always trainable. Of
    `base`,

    - "frozen": nothing is trainable;
    - "partial": only the last `n_last` of those `base.layers` that have weights are,
      batch normalization not counted;
    - "full": all layers are, but batch normalization.

    Batch normalization is frozen in every mode. A frozen one runs as at inference also
    while the model is trained; one that is not would use the statistics of the batch,
    and change its moving averages, whatever `attach_head` has asked for.

    The mode that was set before makes no difference. Compile after you have set a
    mode: Keras decides in `compile` which weights it will move.

    Args:
        model: a `keras.Model` that contains `base`.
        base: the pretrained `keras.Model`, made of layers without layers inside.
        mode: "frozen", "partial" or "full".
        n_last: number of layers, at least 1, for "partial".
    """
    # YOUR CODE HERE (A4.2)
    raise NotImplementedError("A4.2 set_mode: see lesson L17, section 3")
    # END A4.2


def trainable_count(model):
    """How many numbers of a model training can change.

    Args:
        model: a `keras.Model` that has been built.

    Returns:
        The number of trainable parameters, int: a kernel (F, K) counts F * K. The
        moving averages of batch normalization are no trainable weights.
    """
    # YOUR CODE HERE (A4.2)
    raise NotImplementedError("A4.2 trainable_count: see lesson L17, section 3")
    # END A4.2


# --- A4.3 -------------------------------------------------------------------


def compile_for(model, lr):
    """Compile a classifier with logits, for the weights that are trainable now.

    Use Adam with this learning rate, a cross-entropy for integer labels that knows
    about logits and averages over the batch, and the accuracy as a metric. Each call
    gives the model a new optimizer that has made no step, and training after it moves
    the weights that are trainable at the time of the call, whatever was before.

    Args:
        model: a `keras.Model` from images to logits (B, K).
        lr: learning rate.

    Returns:
        `model` itself, compiled.
    """
    # YOUR CODE HERE (A4.3)
    raise NotImplementedError("A4.3 compile_for: see lesson L17, section 4")
    # END A4.3


# --- A4.4 -------------------------------------------------------------------


def extract_features(base, x):
    """The features of images, computed once, to be used as often as needed.

    They are what `base` gives at inference. The same image has the same features,
    whichever images are beside it; `base` stays as it is.

    Args:
        base: a `keras.Model` from images (B, H, W, C) to features (B, F).
        x: (N, H, W, C), float. Images as `base` was pretrained on: pixels in [0, 1].

    Returns:
        (N, F), a NumPy array.

    Raises:
        ValueError: if a pixel is below 0 or above 1; pixels from 0 to 16 are.
    """
    # YOUR CODE HERE (A4.4)
    raise NotImplementedError("A4.4 extract_features: see lesson L17, section 5")
    # END A4.4


def fit_probe(F, y):
    """Fit a linear classifier, a *probe*, to features.

    Train it until it has learned what it can: all of the data is small.

    Args:
        F: (n, D), float. D features of each image.
        y: (n,), int. Labels from 0 to K - 1, each of which occurs.

    Returns:
        A `keras.Model` from features (B, D) to logits (B, K), whose only weights are
        a kernel (D, K) and a bias (K,).
    """
    # YOUR CODE HERE (A4.4)
    raise NotImplementedError("A4.4 fit_probe: see lesson L17, section 5")
    # END A4.4


# --- A4.5 -------------------------------------------------------------------


def two_phase_fit(model, base, data, lr_head, lr_full, steps):
    """First train the head alone, then everything, gently.

    Phase 1 runs in the mode "frozen" with `lr_head`, phase 2 in the mode "full" with
    `lr_full`, and with a new optimizer. A step uses all of the data at once: an epoch
    with one batch. The model is left in the mode "full".

    Args:
        model: a `keras.Model` from images to logits (B, K) that contains `base` and a
            new head, as `attach_head` makes it.
        base: the pretrained `keras.Model`.
        data: `(x, y)`: images (n, H, W, C) float with pixels in [0, 1], and integer
            labels (n,). n is small.
        lr_head: learning rate of phase 1.
        lr_full: learning rate of phase 2, far smaller.
        steps: `(steps of phase 1, steps of phase 2)`, two ints.

    Returns:
        `{"head": History, "full": History}`: what `fit` returned in each phase, with
        one "loss" per step.
    """
    # YOUR CODE HERE (A4.5)
    raise NotImplementedError("A4.5 two_phase_fit: see lesson L17, section 6")
    # END A4.5


# --- A4.6 -------------------------------------------------------------------


class LoRADense(keras.layers.Layer):
    """A dense layer that stays as it is, and a low-rank update that is learned.

    With the kernel W (D, U), the bias b (U,) and the activation f of the dense layer,

        y = f(x W + b + (alpha / rank) (x A) B)

    A (D, rank) starts with small random values and B (rank, U) with zeros, so that
    the layer begins as the dense layer. A and B are its only trainable weights; W and
    b belong to its weights too, and are frozen: you may freeze `dense` itself.

    Args:
        dense: a `keras.layers.Dense` that has been built, with a bias.
        rank: r, at least 1.
        alpha: strength of the update, float.

    Input shape: (..., D). Output shape: (..., U).
    """

    def __init__(self, dense, rank, alpha, **kwargs):
        super().__init__(**kwargs)
        # YOUR CODE HERE (A4.6)
        raise NotImplementedError("A4.6 LoRADense.__init__: see lesson L17, section 7")
        # END A4.6

    def call(self, x):
        """(..., D) -> (..., U)."""
        # YOUR CODE HERE (A4.6)
        raise NotImplementedError("A4.6 LoRADense.call: see lesson L17, section 7")
        # END A4.6

    def merged(self):
        """One ordinary dense layer that computes the same.

        Returns:
            A new, built `keras.layers.Dense` with a kernel (D, U), a bias (U,) and
            the same activation. This layer and the dense layer inside it stay as they
            are, so a second call gives the same again.
        """
        # YOUR CODE HERE (A4.6)
        raise NotImplementedError("A4.6 LoRADense.merged: see lesson L17, section 7")
        # END A4.6


# --- A4.7 -------------------------------------------------------------------


class Adapter(keras.layers.Layer):
    """A small detour that is added to what passes by.

        y = x + up(activation(down(x)))

    `down` is a dense layer from D to `bottleneck`, `up` one from `bottleneck` back to
    D, both with a bias. Kernel and bias of `up` start with zeros, so that the adapter
    begins as the identity; the kernel of `down` starts with random values.

    Args:
        bottleneck: width of the detour.
        activation: name of a Keras activation, or a function.

    Input shape: (..., D). Output shape: (..., D).
    """

    def __init__(self, bottleneck, activation="relu", **kwargs):
        super().__init__(**kwargs)
        # YOUR CODE HERE (A4.7)
        raise NotImplementedError("A4.7 Adapter.__init__: see lesson L17, section 8")
        # END A4.7

    def build(self, input_shape):
        """Make the weights, for inputs of shape (..., D)."""
        # YOUR CODE HERE (A4.7)
        raise NotImplementedError("A4.7 Adapter.build: see lesson L17, section 8")
        # END A4.7

    def call(self, x):
        """(..., D) -> (..., D)."""
        # YOUR CODE HERE (A4.7)
        raise NotImplementedError("A4.7 Adapter.call: see lesson L17, section 8")
        # END A4.7


# --- A4.8 -------------------------------------------------------------------


class SoftPrompt(keras.layers.Layer):
    """Learned vectors in front of a sequence of vectors.

    The only weight is the prompt (P, D): P vectors that may differ, the same for
    every sequence of the batch, trainable.

    Args:
        length: P, at least 1.

    Input shape: (B, T, D). Output shape: (B, P + T, D): the prompt, then the input.
    """

    def __init__(self, length, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        # YOUR CODE HERE (A4.8)
        raise NotImplementedError("A4.8 SoftPrompt.__init__: see lesson L18, section 3")
        # END A4.8

    def build(self, input_shape):
        """Make the weight, for inputs of shape (B, T, D)."""
        # YOUR CODE HERE (A4.8)
        raise NotImplementedError("A4.8 SoftPrompt.build: see lesson L18, section 3")
        # END A4.8

    def call(self, x):
        """(B, T, D) -> (B, P + T, D)."""
        # YOUR CODE HERE (A4.8)
        raise NotImplementedError("A4.8 SoftPrompt.call: see lesson L18, section 3")
        # END A4.8

    def compute_mask(self, inputs, mask=None):
        """The mask of the output: the prompt is never padding.

        Keras may call it while it traces a graph: use `keras.ops`.

        Args:
            inputs: (B, T, D). The input of `call`.
            mask: (B, T) bool, False at padding; or None.

        Returns:
            (B, P + T) bool; None if `mask` is None.
        """
        # YOUR CODE HERE (A4.8)
        raise NotImplementedError(
            "A4.8 SoftPrompt.compute_mask: see lesson L18, section 3"
        )
        # END A4.8


# --- A4.9 -------------------------------------------------------------------


def forgetting(model_before, model_after, x_old, y_old):
    """How much of the old task a network has lost while it learned a new one.

    Both models have one base and two heads: called on images, they return a dict with
    the logits of the old task, "old" (N, K), and those of the new task, "new".

    Args:
        model_before: the model before it was fine-tuned.
        model_after: the model after it was fine-tuned.
        x_old: (N, H, W, C). Images of the old task.
        y_old: (N,), int. Their labels in the old task.

    Returns:
        The accuracy on the old task before, minus the accuracy on it after, float.
        Positive if something was forgotten, negative if the old task has gained.
    """
    # YOUR CODE HERE (A4.9)
    raise NotImplementedError("A4.9 forgetting: see lesson L17, section 9")
    # END A4.9


def low_data_curve(builders, data, sizes, seeds):
    """The accuracy of several ways to adapt, against the number of labels.

    For each size and each seed, a subset of that many images is drawn from `data` at
    random, without repetition, by a generator that depends on the size and the seed
    only. Every builder is given the same subset and the seed itself, and is judged on
    all those images of `data` that are not in the subset.

    Args:
        builders: dict from a name to a function `build(x, y, seed)` that trains on
            images x (n, H, W, C) with labels y (n,) and returns a function from
            images (m, H, W, C) to logits (m, K).
        data: `(x, y)`: images (N, H, W, C) and integer labels (N,).
        sizes: numbers of labels, a list of ints below N.
        seeds: a list of different ints, none negative.

    Returns:
        A dict with the names of the builders. Each value is a NumPy array
        (number of sizes, number of seeds) of accuracies.
    """
    # YOUR CODE HERE (A4.9)
    raise NotImplementedError("A4.9 low_data_curve: see lesson L17, section 9")
    # END A4.9
