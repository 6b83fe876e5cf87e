"""Assignment 3 with plain loops and lists, one example at a time, in float64.

The models are functional; the recurrent layers are `RNN` around a cell.
"""

import math

import keras
import numpy as np
from keras import layers


def rnn_step(x, h, Wx, Wh, b):
    """Unit by unit."""
    new = np.zeros((len(h), h.shape[1]))
    for n in range(len(h)):
        for unit in range(h.shape[1]):
            total = float(b[unit])
            for d in range(x.shape[1]):
                total += float(x[n, d]) * float(Wx[d, unit])
            for k in range(h.shape[1]):
                total += float(h[n, k]) * float(Wh[k, unit])
            new[n, unit] = math.tanh(total)
    return new


def rnn_forward(x, h0, Wx, Wh, b, mask=None):
    """Each example by itself, from its first step to its last."""
    rows = []
    for n in range(len(x)):
        h, row = h0[n : n + 1], []
        for t in range(x.shape[1]):
            if mask is None or mask[n, t]:
                h = rnn_step(x[n : n + 1, t], h, Wx, Wh, b)
            row.append(h[0])
        rows.append(row)
    return np.array(rows)


def _squash(a):
    return 1.0 / (1.0 + math.exp(-a)) if a > -500 else 0.0


def _sums(x, h, W, U, b, n, column):
    return float(b[column]) + float(x[n] @ W[:, column]) + float(h[n] @ U[:, column])


def lstm_step(x, h, c, W, U, b):
    """Gate by gate."""
    units = h.shape[1]
    new_h, new_c = np.zeros(h.shape), np.zeros(h.shape)
    for n in range(len(h)):
        for k in range(units):
            i, f, g, o = (_sums(x, h, W, U, b, n, q * units + k) for q in range(4))
            kept, added = _squash(f) * float(c[n, k]), _squash(i) * math.tanh(g)
            new_c[n, k] = kept + added
            new_h[n, k] = _squash(o) * math.tanh(new_c[n, k])
    return new_h, new_c


def gru_step(x, h, W, U, b):
    """Gate by gate; all reset gates of a row before its candidates."""
    units = h.shape[1]
    new = np.zeros(h.shape)
    for n in range(len(h)):
        z = [_squash(_sums(x, h, W, U, b, n, k)) for k in range(units)]
        r = [_squash(_sums(x, h, W, U, b, n, units + k)) for k in range(units)]
        for k in range(units):
            total = float(b[2 * units + k]) + float(x[n] @ W[:, 2 * units + k])
            for j in range(units):
                total += r[j] * float(h[n, j]) * float(U[j, 2 * units + k])
            new[n, k] = z[k] * float(h[n, k]) + (1 - z[k]) * math.tanh(total)
    return new


def rnn_backward(dh, x, h0, Wx, Wh, b):
    """One example after the other, its steps from the last to the first."""
    states = rnn_forward(x, h0, Wx, Wh, b)
    dx, dh0 = np.zeros(x.shape), np.zeros(h0.shape)
    dWx, dWh, db = np.zeros(Wx.shape), np.zeros(Wh.shape), np.zeros(b.shape)
    for n in range(len(x)):
        later = np.zeros(h0.shape[1])
        for t in range(x.shape[1] - 1, -1, -1):
            slope = (dh[n, t] + later) * (1 - states[n, t] ** 2)
            dx[n, t] = Wx @ slope
            dWx += np.outer(x[n, t], slope)
            dWh += np.outer(states[n, t - 1] if t else h0[n], slope)
            db += slope
            later = Wh @ slope
        dh0[n] = later
    return [dx, dh0, dWx, dWh, db]


def clip_by_global_norm(grads, max_norm):
    """Number by number."""
    total = 0.0
    for grad in grads:
        for value in np.ravel(grad):
            total += float(value) ** 2
    norm = math.sqrt(total)
    if norm <= max_norm:
        return tuple(np.copy(grad) for grad in grads), norm
    return tuple(np.asarray(grad) / norm * max_norm for grad in grads), norm


def make_windows(ids, T, stride):
    """Append while it fits."""
    inputs, targets, start = [], [], 0
    while start + T + 1 <= len(ids):
        inputs.append([int(i) for i in ids[start : start + T]])
        targets.append([int(i) for i in ids[start + 1 : start + T + 1]])
        start += stride
    return np.array(inputs), np.array(targets)


def split_stream(ids, val_fraction):
    """Rounds the size of the first part."""
    cut = int((1 - val_fraction) * len(ids) + 0.5)
    return np.array(ids[:cut]), np.array(ids[cut:])


def _cell(name, units):
    kinds = {
        "gru": layers.GRUCell,
        "lstm": layers.LSTMCell,
        "rnn": layers.SimpleRNNCell,
    }
    return kinds[name](units)


def build_char_model(vocab, embed, units, cell="gru"):
    """Functional, with a cell inside `RNN`."""
    ids = keras.Input(shape=(None,))
    h = layers.Embedding(vocab, embed)(ids)
    h = layers.RNN(_cell(cell, units), return_sequences=True)(h)
    return keras.Model(ids, layers.Dense(vocab, name="logits")(h))


def nll(logits, targets, mask=None):
    """Position by position."""
    total, count = 0.0, 0
    for row in range(len(targets)):
        for t in range(len(targets[row])):
            if mask is not None and not mask[row][t]:
                continue
            scores = [float(score) for score in logits[row][t]]
            largest = max(scores)
            log_sum = math.log(sum(math.exp(score - largest) for score in scores))
            total += largest + log_sum - scores[int(targets[row][t])]
            count += 1
    return total / count


def perplexity(logits, targets, mask=None):
    """math.exp."""
    return math.exp(nll(logits, targets, mask))


def sample(step_fn, prompt, n, temperature, rng):
    """Where a random number falls among the summed weights."""
    state = None
    for token in prompt:
        logits, state = step_fn(token, state)
    drawn = []
    while len(drawn) < n:
        largest = max(float(logit) for logit in logits)
        weights = [math.exp((float(logit) - largest) / temperature) for logit in logits]
        point = rng.random() * sum(weights)
        token = 0
        while token < len(weights) - 1 and point >= weights[token]:
            point -= weights[token]
            token += 1
        drawn.append(token)
        if len(drawn) < n:
            logits, state = step_fn(token, state)
    return drawn


def build_classifier(vocab, units, cell, max_len):
    """`RNN` around a cell, after an embedding that masks."""
    ids = keras.Input(shape=(max_len,))
    h = layers.Embedding(vocab, 12, mask_zero=True)(ids)
    h = layers.RNN(_cell(cell, units))(h)
    return keras.Model(ids, layers.Dense(1)(h))


def seq2seq_batches(pairs):
    """Lists that grow to the same length."""
    num_source = max(len(source) for source, _ in pairs)
    num_target = max(len(target) for _, target in pairs) + 1
    rows = ([], [], [])
    for source, target in pairs:
        rows[0].append(list(source) + [0] * (num_source - len(source)))
        rows[1].append([1, *target] + [0] * (num_target - len(target) - 1))
        rows[2].append([*target, 2] + [0] * (num_target - len(target) - 1))
    return tuple(np.array(part) for part in rows)


def build_seq2seq(vocab, embed, units):
    """LSTMs, with an embedding for each side."""
    enc_in, dec_in = keras.Input(shape=(None,)), keras.Input(shape=(None,))
    source = layers.Embedding(vocab, embed, mask_zero=True)(enc_in)
    _, h, c = layers.LSTM(units, return_state=True)(source)
    target = layers.Embedding(vocab, embed)(dec_in)
    states = layers.LSTM(units, return_sequences=True)(target, initial_state=[h, c])
    return keras.Model([enc_in, dec_in], layers.Dense(vocab)(states))


def greedy_decode(model, src, max_len):
    """One source after the other; gives lists of different lengths."""
    answers = []
    for row in np.asarray(src):
        written = [1]
        while len(written) <= max_len:
            logits = model([row[None], np.array([written])])
            token = int(np.argmax(logits[0, -1]))
            if token == 2:
                break
            written.append(token)
        answers.append(written[1:])
    return answers


def series_windows(y, window, horizon):
    """Window by window."""
    pasts, futures = [], []
    for start in range(len(y)):
        middle, end = start + window, start + window + horizon
        if end <= len(y):
            pasts.append([[value] for value in y[start:middle]])
            futures.append(list(y[middle:end]))
    return np.array(pasts), np.array(futures)


def naive_forecast(X, horizon):
    """Lists of one repeated number."""
    return np.array([[past[-1][0]] * horizon for past in X])
