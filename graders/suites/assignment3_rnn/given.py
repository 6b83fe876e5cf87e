"""What your functions are called with in the checks. It runs beside your code.

Nothing here answers a task. `sample` gets a `Steps` in the place of a trained model,
and `greedy_decode` a model whose weights were chosen, not trained.
"""

from typing import Any

import numpy as np


class Steps:
    """A step function whose logits are looked up in a table.

    The row of the table is the sum of all tokens fed so far, so an answer is right
    only if every token of the prompt was fed, and every state was passed on.

    Args:
        table: (R, V) of float. Logits by row; sums go round at R.
    """

    def __init__(self, table: np.ndarray) -> None:
        self.table = table
        self.fed: list[int] = []
        """Every token, in the order of the calls."""
        self.starts = 0
        """How many calls came with the state None."""

    def __call__(self, token: Any, state: Any) -> tuple[np.ndarray, Any]:
        """Logits (V,) and the new state."""
        self.fed.append(int(token))
        self.starts += state is None
        total = (0 if state is None else state["total"]) + int(token)
        return self.table[total % len(self.table)].copy(), {"total": total}


def scripted_model(table: np.ndarray, start: np.ndarray) -> Any:
    """A model as `build_seq2seq` gives it, for `greedy_decode`: no training needed.

    Its logits depend on the last two tokens of the decoder's input, on all tokens of
    the source, and on nothing that comes later. Dropout is off, as long as nobody calls
    it with `training=True`.

    Args:
        table: (2, V, V). Logits that the token before the last and the last one add.
        start: (V, V). Logits that each token of the source adds.
    """
    import keras

    vocab = table.shape[1]
    one_hot = keras.initializers.Constant(np.eye(vocab))
    enc_in = keras.Input(shape=(None,), dtype="int32")
    dec_in = keras.Input(shape=(None,), dtype="int32")
    source = keras.layers.Embedding(
        vocab, vocab, embeddings_initializer=keras.initializers.Constant(start)
    )(enc_in)
    whole = keras.ops.sum(source, axis=1, keepdims=True)  # (B, 1, V)
    pairs = keras.layers.Conv1D(
        vocab,
        2,
        padding="causal",
        kernel_initializer=keras.initializers.Constant(table),
    )(keras.layers.Embedding(vocab, vocab, embeddings_initializer=one_hot)(dec_in))
    logits = keras.layers.Dropout(0.5)(keras.layers.Add()([pairs, whole]))
    return keras.Model([enc_in, dec_in], logits)


def shake(model: Any) -> None:
    """Adds noise to the weights of a model, so that none of its layers is silent.

    A last layer that starts at zero is a good choice, but gives the same output
    whatever comes in.
    """
    rng = np.random.default_rng(0)
    for weight in model.trainable_weights:
        weight.assign(np.asarray(weight) + 0.3 * rng.normal(size=weight.shape))


def copy_weights(source: Any, target: Any) -> bool:
    """Gives a model the weights of another; where shapes differ, what both have.

    Returns:
        Whether all shapes were the same.
    """
    new, same = [], True
    for old, value in zip(target.get_weights(), source.get_weights(), strict=True):
        if old.shape != value.shape:
            same = False
            if old.ndim != value.ndim:
                new.append(old)
                continue
            sizes = [min(pair) for pair in zip(old.shape, value.shape, strict=True)]
            common = tuple(slice(size) for size in sizes)
            old = old.copy()
            old[common] = value[common]
            value = old
        new.append(value)
    target.set_weights(new)
    return same


def masks_zero(model: Any) -> bool:
    """Whether some layer of a model makes a mask from the id 0."""
    return any(
        getattr(layer, "mask_zero", False) or type(layer).__name__ == "Masking"
        for layer in model._flatten_layers()
    )
