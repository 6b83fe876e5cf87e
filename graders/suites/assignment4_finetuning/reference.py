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
    # BEGIN SOLUTION A4.1 | lesson L17, section 2
    inputs = keras.layers.Input(base.input_shape[1:])
    features = base(inputs, training=False)
    outputs = keras.layers.Dense(n_classes, name="head")(features)
    return keras.Model(inputs, outputs)
    # END SOLUTION


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
    # BEGIN SOLUTION A4.2 | lesson L17, section 3
    for layer in model.layers:
        layer.trainable = True
    with_weights = [
        layer
        for layer in base.layers
        if layer.weights and not isinstance(layer, keras.layers.BatchNormalization)
    ]
    number = {"frozen": 0, "partial": n_last, "full": len(with_weights)}[mode]
    moving = with_weights[-number:] if number else []
    # Each on its own: to set a flag to what it is already changes nothing inside.
    base.trainable = bool(moving)
    for layer in base.layers:
        layer.trainable = any(layer is one for one in moving)
    # END SOLUTION


def trainable_count(model):
    """How many numbers of a model training can change.

    Args:
        model: a `keras.Model` that has been built.

    Returns:
        The number of trainable parameters, int: a kernel (F, K) counts F * K. The
        moving averages of batch normalization are no trainable weights.
    """
    # BEGIN SOLUTION A4.2 | lesson L17, section 3
    return int(sum(np.prod(weight.shape) for weight in model.trainable_weights))
    # END SOLUTION


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
    # BEGIN SOLUTION A4.3 | lesson L17, section 4
    model.compile(
        optimizer=keras.optimizers.Adam(lr),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
    # END SOLUTION


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
    # BEGIN SOLUTION A4.4 | lesson L17, section 5
    x = np.asarray(x)
    if x.min() < 0 or x.max() > 1:
        raise ValueError(f"pixels from {x.min()} to {x.max()}; divide them first")
    parts = [x[start : start + 256] for start in range(0, len(x), 256)]
    return np.concatenate([np.asarray(base(part, training=False)) for part in parts])
    # END SOLUTION


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
    # BEGIN SOLUTION A4.4 | lesson L17, section 5
    num_classes = int(np.max(y)) + 1
    probe = keras.Sequential(
        [keras.layers.Input((F.shape[1],)), keras.layers.Dense(num_classes)]
    )
    probe.compile(
        optimizer=keras.optimizers.Adam(1e-2),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    # One epoch over 150 copies is much faster than 150 epochs.
    copies = np.tile(F, (150, 1)), np.tile(y, 150)
    probe.fit(*copies, batch_size=len(y), epochs=1, shuffle=False, verbose=0)
    return probe
    # END SOLUTION


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
    # BEGIN SOLUTION A4.5 | lesson L17, section 6
    x, y = data
    histories = {}
    plan = [("head", "frozen", lr_head), ("full", "full", lr_full)]
    for (name, mode, lr), epochs in zip(plan, steps, strict=True):
        set_mode(model, base, mode)
        compile_for(model, lr)
        histories[name] = model.fit(x, y, batch_size=len(x), epochs=epochs, verbose=0)
    return histories
    # END SOLUTION


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
        # BEGIN SOLUTION A4.6 | lesson L17, section 7
        dense.trainable = False
        self.dense, self.scale = dense, alpha / rank
        num_in, num_out = dense.kernel.shape
        self.a = self.add_weight(shape=(num_in, rank), initializer="he_uniform")
        self.b = self.add_weight(shape=(rank, num_out), initializer="zeros")
        # END SOLUTION

    def call(self, x):
        """(..., D) -> (..., U)."""
        # BEGIN SOLUTION A4.6 | lesson L17, section 7
        update = keras.ops.matmul(keras.ops.matmul(x, self.a), self.b)
        linear = keras.ops.matmul(x, self.dense.kernel) + self.dense.bias
        return self.dense.activation(linear + self.scale * update)
        # END SOLUTION

    def merged(self):
        """One ordinary dense layer that computes the same.

        Returns:
            A new, built `keras.layers.Dense` with a kernel (D, U), a bias (U,) and
            the same activation. This layer and the dense layer inside it stay as they
            are, so a second call gives the same again.
        """
        # BEGIN SOLUTION A4.6 | lesson L17, section 7
        kernel, bias = self.dense.get_weights()
        update = np.asarray(self.a) @ np.asarray(self.b)
        layer = keras.layers.Dense(len(bias), activation=self.dense.activation)
        layer.build((None, len(kernel)))
        layer.set_weights([kernel + self.scale * update, bias])
        return layer
        # END SOLUTION


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
        # BEGIN SOLUTION A4.7 | lesson L17, section 8
        self.down = keras.layers.Dense(bottleneck, activation=activation)
        self.bottleneck = bottleneck
        # END SOLUTION

    def build(self, input_shape):
        """Make the weights, for inputs of shape (..., D)."""
        # BEGIN SOLUTION A4.7 | lesson L17, section 8
        self.down.build(input_shape)
        self.up = keras.layers.Dense(input_shape[-1], kernel_initializer="zeros")
        self.up.build((*input_shape[:-1], self.bottleneck))
        # END SOLUTION

    def call(self, x):
        """(..., D) -> (..., D)."""
        # BEGIN SOLUTION A4.7 | lesson L17, section 8
        return x + self.up(self.down(x))
        # END SOLUTION


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
        # BEGIN SOLUTION A4.8 | lesson L18, section 3
        self.length = length
        # END SOLUTION

    def build(self, input_shape):
        """Make the weight, for inputs of shape (B, T, D)."""
        # BEGIN SOLUTION A4.8 | lesson L18, section 3
        self.prompt = self.add_weight(
            shape=(self.length, input_shape[-1]), initializer="random_normal"
        )
        # END SOLUTION

    def call(self, x):
        """(B, T, D) -> (B, P + T, D)."""
        # BEGIN SOLUTION A4.8 | lesson L18, section 3
        prompt = keras.ops.zeros_like(x[:, :1]) + self.prompt  # (B, P, D)
        return keras.ops.concatenate([prompt, x], axis=1)
        # END SOLUTION

    def compute_mask(self, inputs, mask=None):
        """The mask of the output: the prompt is never padding.

        Keras may call it while it traces a graph: use `keras.ops`.

        Args:
            inputs: (B, T, D). The input of `call`.
            mask: (B, T) bool, False at padding; or None.

        Returns:
            (B, P + T) bool; None if `mask` is None.
        """
        # BEGIN SOLUTION A4.8 | lesson L18, section 3
        if mask is None:
            return None
        mask = keras.ops.convert_to_tensor(mask)
        there = keras.ops.repeat(keras.ops.ones_like(mask[:, :1]), self.length, axis=1)
        return keras.ops.concatenate([there, mask], axis=1)
        # END SOLUTION


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
    # BEGIN SOLUTION A4.9 | lesson L17, section 9
    accuracies = [
        np.mean(np.argmax(np.asarray(model(x_old)["old"]), axis=1) == y_old)
        for model in (model_before, model_after)
    ]
    return float(accuracies[0] - accuracies[1])
    # END SOLUTION


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
    # BEGIN SOLUTION A4.9 | lesson L17, section 9
    x, y = data
    curves = {name: np.zeros((len(sizes), len(seeds))) for name in builders}
    for row, size in enumerate(sizes):
        for column, seed in enumerate(seeds):
            order = np.random.default_rng([size, seed]).permutation(len(x))
            shown, held_out = order[:size], order[size:]
            for name, build in builders.items():
                predict = build(x[shown], y[shown], seed)
                answers = np.argmax(np.asarray(predict(x[held_out])), axis=1)
                curves[name][row, column] = np.mean(answers == y[held_out])
    return curves
    # END SOLUTION
