"""What checks need beside student code: objects that go in, and out, of functions.

They run in the worker. Nothing here answers a task.
"""

from typing import Any

import numpy as np


def as_words(rows: Any) -> Any:
    """A dict from words, tuples of symbols, to numbers; from `[symbols, number]`."""
    return {tuple(symbols): number for symbols, number in rows}


def rows_of_pairs(counts: Any) -> Any:
    """`[left, right, number]` of each pair of a dict; None if it is no such dict."""
    if not isinstance(counts, dict):
        return None
    rows = []
    for pair, number in dict.items(counts):
        if not (isinstance(pair, tuple) and len(pair) == 2):
            return None
        rows.append([pair[0], pair[1], number])
    return rows


def word_vectorizer(texts: Any, max_tokens: Any, seq_len: Any) -> Any:
    """A layer of Keras that has learned the words of some texts."""
    import keras

    vectorizer = keras.layers.TextVectorization(
        max_tokens=max_tokens, output_sequence_length=seq_len
    )
    vectorizer.adapt(texts)
    return vectorizer


def ids_of_texts(vectorizer: Any, texts: Any) -> Any:
    """What a vectorizer makes of some texts, as an array."""
    import tensorflow as tf

    return np.asarray(vectorizer(tf.constant(texts)))


def list_of_batches(dataset: Any) -> Any:
    """The batches of a dataset, at most 100; None if it is no `tf.data.Dataset`."""
    import tensorflow as tf

    if not isinstance(dataset, tf.data.Dataset):
        return None
    return [
        [np.asarray(part) for part in batch] if isinstance(batch, tuple) else None
        for batch in dataset.take(100)
    ]
