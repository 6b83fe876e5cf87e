"""Assignment 3 without loops where there is a way, with einsum and SciPy.

The models are deep: several recurrent layers, normalisation, other initialisers.
"""

import keras
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.special import expit, log_softmax


def rnn_step(x, h, Wx, Wh, b):
    """One product of what is joined."""
    joined, weights = np.concatenate([x, h], axis=1), np.concatenate([Wx, Wh])
    return np.tanh(np.einsum("nk,kh->nh", joined, weights) + b)


def rnn_forward(x, h0, Wx, Wh, b, mask=None):
    """All products with the input at once; time comes first inside."""
    drive = np.moveaxis(np.tensordot(x, Wx, axes=1) + b, 1, 0)  # (T, N, H)
    seen = np.ones(x.shape[:2], bool) if mask is None else np.asarray(mask, bool)
    out = np.zeros(drive.shape, drive.dtype)
    h = np.array(h0)
    for t, part in enumerate(drive):
        new = np.tanh(part + h @ Wh)
        h = h + seen[:, t, None] * (new - h)
        out[t] = h
    return np.moveaxis(out, 0, 1)


def lstm_step(x, h, c, W, U, b):
    """Blocks as an axis of their own."""
    total = (x @ W + h @ U + b).reshape(len(x), 4, -1)
    gate = expit(total)
    c = gate[:, 1] * c + gate[:, 0] * np.tanh(total[:, 2])
    return [gate[:, 3] * np.tanh(c), c]


def gru_step(x, h, W, U, b):
    """The two gates in one product."""
    units = np.shape(h)[1]
    both = expit(x @ W[:, : 2 * units] + h @ U[:, : 2 * units] + b[: 2 * units])
    z, r = both[:, :units], both[:, units:]
    last = slice(2 * units, None)
    return h + (1 - z) * (np.tanh(x @ W[:, last] + (r * h) @ U[:, last] + b[last]) - h)


def rnn_backward(dh, x, h0, Wx, Wh, b):
    """The slopes backwards in time, then every gradient in one product."""
    states = rnn_forward(x, h0, Wx, Wh, b)
    before = np.concatenate([h0[:, None], states[:, :-1]], axis=1)
    slopes = np.zeros(states.shape)
    later = np.zeros(h0.shape)
    for t in range(x.shape[1])[::-1]:
        slopes[:, t] = (1 - states[:, t] ** 2) * (dh[:, t] + later)
        later = slopes[:, t] @ Wh.T
    return (
        np.tensordot(slopes, Wx, axes=(2, 1)),
        later,
        np.tensordot(x, slopes, axes=((0, 1), (0, 1))),
        np.tensordot(before, slopes, axes=((0, 1), (0, 1))),
        slopes.sum((0, 1)),
    )


def clip_by_global_norm(grads, max_norm):
    """The norm of one long vector."""
    norm = np.linalg.norm(np.concatenate([np.ravel(grad) for grad in grads]))
    return [grad / max(1.0, norm / max_norm) for grad in grads], norm


def make_windows(ids, T, stride):
    """Every stride-th view of T + 1 ids."""
    both = sliding_window_view(np.asarray(ids), T + 1)[::stride]
    return both[:, :-1], both[:, 1:]


def split_stream(ids, val_fraction):
    """np.split."""
    return tuple(np.split(np.asarray(ids), [round(len(ids) * (1 - val_fraction))]))


_KINDS = {"gru": "GRU", "lstm": "LSTM", "rnn": "SimpleRNN"}


def _recurrent(cell, units, **config):
    return getattr(keras.layers, _KINDS[cell])(units, **config)


def build_char_model(vocab, embed, units, cell="gru"):
    """Two recurrent layers, one around the other's output."""
    ids = keras.Input(shape=(None,), dtype="int32")
    h = keras.layers.Embedding(vocab, embed, embeddings_initializer="glorot_normal")(
        ids
    )
    first = _recurrent(cell, units, return_sequences=True)(h)
    second = _recurrent(
        cell, units, return_sequences=True, kernel_initializer="he_uniform"
    )(first)
    h = keras.layers.Add()([first, second])
    h = keras.layers.LayerNormalization()(h)
    return keras.Model(ids, keras.layers.TimeDistributed(keras.layers.Dense(vocab))(h))


def nll(logits, targets, mask=None):
    """SciPy's log_softmax; np.average with the mask as weights."""
    losses = -np.take_along_axis(
        log_softmax(np.asarray(logits, float), axis=-1), targets[..., None], axis=-1
    ).squeeze(-1)
    return np.average(losses, weights=None if mask is None else mask.astype(float))


def perplexity(logits, targets, mask=None):
    """e to the power."""
    return np.e ** nll(logits, targets, mask)


def sample(step_fn, prompt, n, temperature, rng):
    """Gumbel's trick: the largest of the scaled logits plus noise."""
    state, tokens = None, list(prompt)
    for position in range(len(prompt) + n - 1):
        logits, state = step_fn(tokens[position], state)
        if position >= len(prompt) - 1:
            noisy = np.asarray(logits) / temperature + rng.gumbel(size=len(logits))
            tokens.append(int(np.argmax(noisy)))
    return tokens[len(prompt) :]


def build_classifier(vocab, units, cell, max_len):
    """In both directions, and the mask as a layer of its own kind."""
    ids = keras.Input(shape=(max_len,), dtype="int32")
    h = keras.layers.Embedding(vocab, 8, mask_zero=True)(ids)
    h = keras.layers.Bidirectional(_recurrent(cell, units))(h)
    h = keras.layers.Dense(16, activation="tanh")(h)
    return keras.Model(ids, keras.layers.Dense(1)(h))


def seq2seq_batches(pairs):
    """Marks first, then one function that fills up."""
    source = _filled([source for source, _ in pairs])
    inputs = _filled([[1, *target] for _, target in pairs])
    outputs = _filled([[*target, 2] for _, target in pairs])
    return source, inputs, outputs


def _filled(rows):
    lengths = np.array([len(row) for row in rows])
    out = np.zeros((len(rows), lengths.max()), "int32")
    out[np.arange(lengths.max()) < lengths[:, None]] = np.concatenate(rows)
    return out


def build_seq2seq(vocab, embed, units):
    """An encoder in both directions, and attention from the decoder to it."""
    enc_in = keras.Input(shape=(None,), dtype="int32")
    dec_in = keras.Input(shape=(None,), dtype="int32")
    table = keras.layers.Embedding(vocab, embed, mask_zero=True)
    half = keras.layers.GRU(units // 2, return_sequences=True, return_state=True)
    memory, forth, back = keras.layers.Bidirectional(half)(table(enc_in))
    start = keras.layers.Concatenate()([forth, back])
    wide = keras.layers.Dense(units)(start)
    states = keras.layers.GRU(units, return_sequences=True)(
        table(dec_in), initial_state=wide
    )
    query = keras.layers.Dense(2 * (units // 2))(states)
    found = keras.layers.Attention()([query, memory])
    both = keras.layers.Concatenate()([states, found])
    return keras.Model([enc_in, dec_in], keras.layers.Dense(vocab)(both))


def greedy_decode(model, src, max_len):
    """A decoder input of full width, filled from left to right."""
    src = np.asarray(src)
    fed = np.zeros((len(src), max_len + 1), "int32")
    fed[:, 0] = 1
    for t in range(max_len):
        best = np.asarray(model((src, fed[:, :-1])))[:, t].argmax(-1)
        fed[:, t + 1] = best
    ended = np.cumsum(fed[:, 1:] == 2, axis=1) > 0
    return np.where(ended, 0, fed[:, 1:])


def series_windows(y, window, horizon):
    """Views."""
    whole = sliding_window_view(np.asarray(y, float), window + horizon)
    return whole[:, :window, None], whole[:, window:]


def naive_forecast(X, horizon):
    """np.tile."""
    return np.tile(X[:, -1, :], (1, horizon))
