"""Assignment 3 with models that are classes, and NumPy in other words.

Recurrent cells are written with keras.ops; the models stay where this file runs.
"""

import keras
import numpy as np
from keras import ops


def rnn_step(x, h, Wx, Wh, b):
    """np.dot and np.add."""
    return np.tanh(np.add(np.dot(x, Wx) + b, np.dot(h, Wh)))


def rnn_forward(x, h0, Wx, Wh, b, mask=None):
    """Only the examples that are not masked take a step."""
    states = [np.array(h0)]
    for t in range(np.shape(x)[1]):
        h = states[-1].copy()
        rows = np.arange(len(h)) if mask is None else np.flatnonzero(mask[:, t])
        if len(rows):
            h[rows] = rnn_step(x[rows, t], h[rows], Wx, Wh, b)
        states.append(h)
    return np.stack(states[1:], axis=1)


def _gate(a):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-a))


def lstm_step(x, h, c, W, U, b):
    """Four sums, one after the other."""
    n = h.shape[1]
    i, f, g, o = (
        x @ W[:, k : k + n] + h @ U[:, k : k + n] + b[k : k + n]
        for k in range(0, 4 * n, n)
    )
    new_c = np.multiply(_gate(f), c) + np.multiply(_gate(i), np.tanh(g))
    return np.tanh(new_c) * _gate(o), new_c


def gru_step(x, h, W, U, b):
    """Three sums, one after the other."""
    W_z, W_r, W_g = np.hsplit(W, 3)
    U_z, U_r, U_g = np.hsplit(U, 3)
    b_z, b_r, b_g = np.split(b, 3)
    z = _gate(x @ W_z + h @ U_z + b_z)
    r = _gate(x @ W_r + h @ U_r + b_r)
    g = np.tanh(x @ W_g + np.dot(r * h, U_g) + b_g)
    return (1 - z) * g + z * h


def rnn_backward(dh, x, h0, Wx, Wh, b):
    """By recursion over time."""
    states = rnn_forward(x, h0, Wx, Wh, b, None)

    def back(t, later):
        """Gradients of all up to step t, given what comes from after it."""
        if t < 0:
            empty = np.zeros((len(x), 0, x.shape[2]))
            return empty, later, 0 * Wx, 0 * Wh, 0 * b
        old = h0 if t == 0 else states[:, t - 1]
        slope = (dh[:, t] + later) * (1 - np.square(states[:, t]))
        dx, dh0, dWx, dWh, db = back(t - 1, slope @ Wh.T)
        dx = np.concatenate([dx, (slope @ Wx.T)[:, None]], axis=1)
        return (
            dx,
            dh0,
            dWx + x[:, t].T @ slope,
            dWh + old.T @ slope,
            db + slope.sum(axis=0),
        )

    return back(x.shape[1] - 1, np.zeros(h0.shape))


def clip_by_global_norm(grads, max_norm):
    """The norm of norms, with the usual guard against a division by zero."""
    norm = np.linalg.norm([np.linalg.norm(grad) for grad in grads])
    return [grad * min(1.0, max_norm / (norm + 1e-9)) for grad in grads], float(norm)


def make_windows(ids, T, stride):
    """From a stream of pairs."""
    ids = list(ids)
    starts = range(0, len(ids) - T, stride)
    x = [ids[start : start + T] for start in starts]
    y = [ids[start + 1 :][:T] for start in starts]
    return np.asarray(x, "int32"), np.asarray(y, "int32")


def split_stream(ids, val_fraction):
    """A half goes up."""
    num = int(np.floor(len(ids) * val_fraction + 0.5))
    return ids[:-num], ids[-num:]


class Cell(keras.layers.Layer):
    """One of the three cells, unrolled over time by hand."""

    def __init__(self, cell, units, **kwargs):
        super().__init__(**kwargs)
        kinds = {
            "gru": keras.layers.GRUCell,
            "lstm": keras.layers.LSTMCell,
            "rnn": keras.layers.SimpleRNNCell,
        }
        self.cell, self.units = kinds[cell](units), units
        self.num_states = 2 if cell == "lstm" else 1

    def build(self, shape):
        """The cell's own weights."""
        self.cell.build((shape[0], shape[-1]))

    def call(self, x, seen=None, start=None):
        """Outputs (B, T, H); a step that is not seen keeps the states."""
        zeros = ops.zeros((ops.shape(x)[0], self.units))
        states = [zeros] * self.num_states if start is None else list(start)
        if seen is None:
            seen = ops.ones(ops.shape(x)[:2])

        outputs = []
        for t in range(x.shape[1]):
            on = seen[:, t, None]
            new = self.cell(x[:, t], states)[1]
            states = [on * n + (1 - on) * s for n, s in zip(new, states, strict=True)]
            outputs.append(states[0])
        return ops.stack(outputs, axis=1), states


class CharModel(keras.Model):
    """Embedding, cell, logits."""

    def __init__(self, vocab, embed, units, cell):
        super().__init__()
        self.table = keras.layers.Embedding(vocab, embed)
        self.cell = Cell(cell, units)
        self.head = keras.layers.Dense(vocab)

    def call(self, ids):
        """(B, T) to (B, T, V)."""
        return self.head(self.cell(self.table(ids))[0])


def build_char_model(vocab, embed, units, cell="gru"):
    """Called once, so that it has weights."""
    model = CharModel(vocab, embed, units, cell)
    model(np.zeros((1, 2), "int32"))
    return model


def nll(logits, targets, mask=None):
    """np.logaddexp over the symbols."""
    logits = np.asarray(logits, np.float64)
    total = np.logaddexp.reduce(logits, axis=2)
    one_hot = np.eye(logits.shape[2])[targets]
    losses = total - np.sum(logits * one_hot, axis=2)
    if mask is None:
        mask = np.ones(losses.shape)
    return np.float64(np.sum(losses * mask) / np.sum(mask))


def perplexity(logits, targets, mask=None):
    """np.exp of a 0-d value."""
    return np.exp(nll(logits, targets, mask=mask))


def sample(step_fn, prompt, n, temperature, rng):
    """rng.multinomial."""
    state = None
    for token in prompt[:-1]:
        _, state = step_fn(token, state)
    last, drawn = prompt[-1], []
    for _ in range(n):
        logits, state = step_fn(last, state)
        logits = (logits - np.max(logits)) / temperature
        shares = np.exp(logits) / np.sum(np.exp(logits))
        last = int(rng.multinomial(1, shares).argmax())
        drawn.append(last)
    return drawn


class Classifier(keras.Model):
    """Tells by itself which ids are padding."""

    def __init__(self, vocab, units, cell):
        super().__init__()
        self.table = keras.layers.Embedding(vocab, 10)
        self.cell = Cell(cell, units)
        self.head = keras.layers.Dense(1)

    def call(self, ids):
        """(B, T) to (B, 1)."""
        seen = ops.cast(ops.not_equal(ids, 0), "float32")
        return self.head(self.cell(self.table(ids), seen)[1][0])


def build_classifier(vocab, units, cell, max_len):
    """Built by a first call."""
    model = Classifier(vocab, units, cell)
    model(np.ones((1, max_len), "int32"))
    return model


def seq2seq_batches(pairs):
    """keras.utils.pad_sequences."""

    def pad(rows):
        return keras.utils.pad_sequences(rows, padding="post")

    return (
        pad([source for source, _ in pairs]),
        pad([[1, *target] for _, target in pairs]),
        pad([[*target, 2] for _, target in pairs]),
    )


class Seq2Seq(keras.Model):
    """The encoder's summary is joined to every input of the decoder."""

    def __init__(self, vocab, embed, units):
        super().__init__()
        self.source = keras.layers.Embedding(vocab, embed)
        self.target = keras.layers.Embedding(vocab, embed)
        self.encoder, self.decoder = Cell("gru", units), Cell("gru", units)
        self.head = keras.layers.Dense(vocab)

    def call(self, inputs):
        """(B, Ts) and (B, Tt) to (B, Tt, V)."""
        enc_in, dec_in = inputs
        seen = ops.cast(ops.not_equal(enc_in, 0), "float32")
        _, states = self.encoder(self.source(enc_in), seen)
        said = self.target(dec_in)
        summary = ops.repeat(states[0][:, None], ops.shape(said)[1], axis=1)
        joined = ops.concatenate([said, summary], axis=2)
        return self.head(self.decoder(joined, None, states)[0])


def build_seq2seq(vocab, embed, units):
    """Not built yet: the first call will do that."""
    return Seq2Seq(vocab, embed, units)


def greedy_decode(model, src, max_len):
    """With `predict`, and until every row has ended."""
    src = np.asarray(src)
    fed = np.ones((len(src), 1), "int32")
    while fed.shape[1] <= max_len:
        logits = model.predict([src, fed], verbose=0)
        best = logits[:, -1].argmax(axis=1)
        over = (fed == 2).any(axis=1)
        fed = np.concatenate([fed, np.where(over, 0, best)[:, None]], axis=1)
    answers = fed[:, 1:].copy()
    answers[answers == 2] = 0
    return answers


def series_windows(y, window, horizon):
    """np.lib.stride_tricks by hand."""
    n = len(y) - window - horizon + 1
    places = np.add.outer(np.arange(n), np.arange(window + horizon))
    whole = np.asarray(y)[places]
    return whole[:, :window].reshape(n, window, 1), whole[:, window:]


def naive_forecast(X, horizon):
    """np.broadcast_to."""
    return np.broadcast_to(X[:, -1], (len(X), horizon)).copy()
