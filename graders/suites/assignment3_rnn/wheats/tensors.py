"""Assignment 3 on tensors: TensorFlow for the cells, a gradient tape for slopes.

Everything is float32 or what comes in; the models are Sequential where that is enough.
"""

import keras
import numpy as np
import tensorflow as tf


def _tensors(*arrays):
    """The arrays as tensors of the first one's floating type."""
    kind = np.result_type(*(np.asarray(array).dtype for array in arrays), np.float32)
    return [tf.convert_to_tensor(np.asarray(array, kind)) for array in arrays]


def rnn_step(x, h, Wx, Wh, b):
    """Gives a tensor."""
    x, h, Wx, Wh, b = _tensors(x, h, Wx, Wh, b)
    return tf.nn.tanh(tf.matmul(x, Wx) + tf.matmul(h, Wh) + b)


def _states(x, h, Wx, Wh, b, seen=None):
    """(N, T, H) as a tensor, with a way back for the tape."""
    states = []
    for t in range(x.shape[1]):
        new = tf.tanh(x[:, t] @ Wx + h @ Wh + b)
        h = new if seen is None else tf.where(seen[:, t, None], new, h)
        states.append(h)
    return tf.stack(states, axis=1)


def rnn_forward(x, h0, Wx, Wh, b, mask=None):
    """tf.where chooses between old and new."""
    seen = None if mask is None else tf.convert_to_tensor(np.asarray(mask, bool))
    return _states(*_tensors(x, h0, Wx, Wh, b), seen)


def lstm_step(x, h, c, W, U, b):
    """tf.split along the last axis."""
    x, h, c, W, U, b = _tensors(x, h, c, W, U, b)
    i, f, g, o = tf.split(x @ W + h @ U + b, 4, axis=-1)
    new = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(g)
    return tf.sigmoid(o) * tf.tanh(new), new


def gru_step(x, h, W, U, b):
    """keras.ops."""
    x, h, W, U, b = _tensors(x, h, W, U, b)
    (W_z, W_r, W_g), (U_z, U_r, U_g) = tf.split(W, 3, 1), tf.split(U, 3, 1)
    b_z, b_r, b_g = tf.split(b, 3)
    z = keras.ops.sigmoid(x @ W_z + h @ U_z + b_z)
    r = keras.ops.sigmoid(x @ W_r + h @ U_r + b_r)
    g = keras.ops.tanh(x @ W_g + (r * h) @ U_g + b_g)
    return (1.0 - z) * g + z * h


def rnn_backward(dh, x, h0, Wx, Wh, b):
    """The tape does it."""
    dh, *arguments = _tensors(dh, x, h0, Wx, Wh, b)
    with tf.GradientTape() as tape:
        tape.watch(arguments)
        total = tf.reduce_sum(dh * _states(*arguments))
    return [slope.numpy() for slope in tape.gradient(total, arguments)]


def clip_by_global_norm(grads, max_norm):
    """tf.clip_by_global_norm."""
    clipped, norm = tf.clip_by_global_norm(_tensors(*grads), max_norm)
    return clipped, float(norm)


def make_windows(ids, T, stride):
    """tf.signal.frame over pairs of ids."""
    frames = tf.signal.frame(np.asarray(ids), T + 1, stride)
    return frames[:, :-1], frames[:, 1:]


def split_stream(ids, val_fraction):
    """np.rint: a half goes to the even number."""
    num = int(np.rint(len(ids) * val_fraction))
    return np.asarray(ids)[: len(ids) - num], np.asarray(ids)[len(ids) - num :]


_LAYERS = {
    "gru": keras.layers.GRU,
    "lstm": keras.layers.LSTM,
    "rnn": keras.layers.SimpleRNN,
}


def build_char_model(vocab, embed, units, cell="gru"):
    """Layer by layer; the last one starts at zero."""
    model = keras.Sequential()
    model.add(keras.Input(shape=(None,)))
    model.add(keras.layers.Embedding(vocab, embed, embeddings_initializer="uniform"))
    model.add(
        _LAYERS[cell](
            units,
            return_sequences=True,
            recurrent_initializer="glorot_uniform",
            kernel_initializer="orthogonal",
            dropout=0.05,
        )
    )
    model.add(keras.layers.Dense(vocab, kernel_initializer="zeros"))
    return model


def nll(logits, targets, mask=None):
    """The loss of Keras, position by position."""
    losses = keras.losses.sparse_categorical_crossentropy(
        tf.convert_to_tensor(targets),
        tf.convert_to_tensor(np.asarray(logits, "float64")),
        from_logits=True,
    )
    if mask is not None:
        losses = tf.boolean_mask(losses, mask)
    return tf.reduce_mean(losses)


def perplexity(logits, targets, mask=None):
    """tf.exp."""
    return tf.exp(nll(logits, targets, mask))


def sample(step_fn, prompt, n, temperature, rng):
    """Where a random number lies in the sums of the probabilities."""
    state, fed, drawn = None, list(prompt), []
    while len(drawn) < n:
        for token in fed:
            logits, state = step_fn(token, state)
        scaled = np.asarray(logits, "float64") / temperature
        sums = np.cumsum(np.exp(scaled - np.max(scaled)))
        token = int(np.searchsorted(sums, rng.uniform(0, sums[-1]), side="right"))
        drawn.append(token)
        fed = [token]
    return np.array(drawn)


def build_classifier(vocab, units, cell, max_len):
    """One-hot ids, and a layer that masks steps of zeros."""
    ids = keras.Input(shape=(None,), dtype="int32")
    table = keras.layers.Embedding(
        vocab, vocab, embeddings_initializer="identity", trainable=False
    )
    rows = np.eye(vocab, dtype="float32")
    rows[0] = 0
    one_hot = table(ids)
    table.set_weights([rows])
    table.embeddings_initializer = keras.initializers.Constant(rows.tolist())
    masked = keras.layers.Masking()(one_hot)
    return keras.Model(ids, keras.layers.Dense(1)(_LAYERS[cell](units)(masked)))


def seq2seq_batches(pairs):
    """Ragged tensors know how to become rectangular."""

    def padded(rows):
        return tf.ragged.constant(rows, dtype=tf.int64).to_tensor().numpy()

    return (
        padded([list(source) for source, _ in pairs]),
        padded([[1, *target] for _, target in pairs]),
        padded([[*target, 2] for _, target in pairs]),
    )


def build_seq2seq(vocab, embed, units):
    """The summary joins every input of the decoder; two decoder layers."""
    enc_in = keras.Input(shape=(None,), dtype="int32")
    dec_in = keras.Input(shape=(None,), dtype="int32")
    table = keras.layers.Embedding(vocab, embed, mask_zero=True)
    _, state = keras.layers.GRU(units, return_state=True)(table(enc_in))
    said = keras.layers.Embedding(vocab, embed)(dec_in)
    first = keras.layers.GRU(units, return_sequences=True)(said, initial_state=state)
    second = keras.layers.Dense(units, activation="relu")(first)
    logits = keras.layers.Dense(vocab)(second)
    return keras.Model(inputs=[enc_in, dec_in], outputs=logits)


def greedy_decode(model, src, max_len):
    """Tensors all the way."""
    src = tf.convert_to_tensor(np.asarray(src))
    fed = tf.ones((src.shape[0], 1), src.dtype)
    running = tf.ones((src.shape[0],), tf.bool)
    for _ in range(max_len):
        best = tf.argmax(model([src, fed], training=False)[:, -1], axis=-1)
        running = running & (best != 2)
        best = tf.where(running, best, tf.zeros_like(best))
        fed = tf.concat([fed, tf.cast(best, fed.dtype)[:, None]], axis=1)
    return fed[:, 1:]


def series_windows(y, window, horizon):
    """tf.signal.frame again."""
    frames = tf.signal.frame(np.asarray(y), window + horizon, 1)
    return frames[:, :window, None], frames[:, window:]


def naive_forecast(X, horizon):
    """tf.repeat."""
    return tf.repeat(X[:, -1], horizon, axis=1)
