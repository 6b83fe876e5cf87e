"""Assignment 3 number by number; models are grown with `Sequential.add`.

The model over characters begins with its embedding, without an `Input`.
"""

import math

import numpy as np
from keras.layers import GRU, LSTM, Dense, Embedding, Input, SimpleRNN
from keras.models import Model, Sequential

PAD, START, END = 0, 1, 2


def rnn_step(x, h, Wx, Wh, b):
    """Unit by unit, the sum over inputs and then over units."""
    x = np.array(x, dtype=float)
    h = np.array(h, dtype=float)
    Wx = np.array(Wx, dtype=float)
    Wh = np.array(Wh, dtype=float)
    N = x.shape[0]
    D = x.shape[1]
    H = Wh.shape[0]
    bias = np.zeros(H) + b
    new_h = np.zeros((N, H))
    for n in range(N):
        for j in range(H):
            total = bias[j]
            for d in range(D):
                total = total + x[n, d] * Wx[d, j]
            for k in range(H):
                total = total + h[n, k] * Wh[k, j]
            new_h[n, j] = math.tanh(total)
    return new_h


def rnn_forward(x, h0, Wx, Wh, b, mask=None):
    """One example after the other; a masked step is left out."""
    N = x.shape[0]
    T = x.shape[1]
    H = h0.shape[1]
    result = np.zeros((N, T, H))
    for n in range(N):
        h = h0[n : n + 1]
        for t in range(T):
            if mask is None or mask[n, t]:
                h = rnn_step(x[n : n + 1, t], h, Wx, Wh, b)
            result[n, t] = h[0]
    return result


def sigmoid(a):
    """Of one number, without overflow on either side."""
    if a >= 0:
        return 1 / (1 + math.exp(-a))
    e = math.exp(a)
    return e / (1 + e)


def weighted_sum(x_row, h_row, W, U, b, column):
    """What one column of a gate adds up, for one example."""
    total = b[column]
    for d in range(len(x_row)):
        total = total + x_row[d] * W[d, column]
    for k in range(len(h_row)):
        total = total + h_row[k] * U[k, column]
    return total


def lstm_step(x, h, c, W, U, b):
    """Number by number."""
    N = h.shape[0]
    H = h.shape[1]
    new_h = np.zeros((N, H))
    new_c = np.zeros((N, H))
    for n in range(N):
        for j in range(H):
            i = sigmoid(weighted_sum(x[n], h[n], W, U, b, j))
            f = sigmoid(weighted_sum(x[n], h[n], W, U, b, H + j))
            g = math.tanh(weighted_sum(x[n], h[n], W, U, b, 2 * H + j))
            o = sigmoid(weighted_sum(x[n], h[n], W, U, b, 3 * H + j))
            new_c[n, j] = f * c[n, j] + i * g
            new_h[n, j] = o * math.tanh(new_c[n, j])
    return new_h, new_c


def gru_step(x, h, W, U, b):
    """All reset gates of an example first, then its candidates."""
    N = h.shape[0]
    H = h.shape[1]
    new_h = np.zeros((N, H))
    for n in range(N):
        z = []
        reset_h = []
        for j in range(H):
            z.append(sigmoid(weighted_sum(x[n], h[n], W, U, b, j)))
            r = sigmoid(weighted_sum(x[n], h[n], W, U, b, H + j))
            reset_h.append(r * h[n, j])
        for j in range(H):
            g = math.tanh(weighted_sum(x[n], reset_h, W, U, b, 2 * H + j))
            new_h[n, j] = z[j] * h[n, j] + (1 - z[j]) * g
    return new_h


def rnn_backward(dh, x, h0, Wx, Wh, b):
    """Four loops inside each other, the second from the end of time."""
    N = x.shape[0]
    T = x.shape[1]
    D = x.shape[2]
    H = h0.shape[1]
    h = rnn_forward(x, h0, Wx, Wh, b)

    dx = np.zeros((N, T, D))
    dh0 = np.zeros((N, H))
    dWx = np.zeros((D, H))
    dWh = np.zeros((H, H))
    db = np.zeros(H)

    for n in range(N):
        from_later = np.zeros(H)
        for t in range(T - 1, -1, -1):
            old = h[n, t - 1] if t > 0 else h0[n]
            da = np.zeros(H)
            for j in range(H):
                da[j] = (dh[n, t, j] + from_later[j]) * (1 - h[n, t, j] ** 2)
            for j in range(H):
                db[j] += da[j]
                for d in range(D):
                    dWx[d, j] += x[n, t, d] * da[j]
                    dx[n, t, d] += Wx[d, j] * da[j]
                for k in range(H):
                    dWh[k, j] += old[k] * da[j]
            from_later = np.zeros(H)
            for k in range(H):
                for j in range(H):
                    from_later[k] += Wh[k, j] * da[j]
        dh0[n] = from_later
    return dx, dh0, dWx, dWh, db


def clip_by_global_norm(grads, max_norm):
    """Divides by the norm, then multiplies by the limit."""
    total = 0.0
    for g in grads:
        for number in np.array(g).flatten():
            total = total + float(number) ** 2
    norm = math.sqrt(total)
    clipped = []
    for g in grads:
        if norm > max_norm:
            clipped.append(np.array(g) / norm * max_norm)
        else:
            clipped.append(g)
    return clipped, norm


def make_windows(ids, T, stride):
    """While the target's last id is there."""
    X = []
    Y = []
    start = 0
    while start + T + 1 <= len(ids):
        X.append(ids[start : start + T])
        Y.append(ids[start + 1 : start + T + 1])
        start = start + stride
    return np.array(X), np.array(Y)


def split_stream(ids, val_fraction):
    """Adds a half and cuts off."""
    L = len(ids)
    n_val = int(val_fraction * L + 0.5)
    n_train = L - n_val
    train = ids[:n_train]
    val = ids[n_train:]
    return train, val


def build_char_model(vocab, embed, units, cell="gru"):
    """Layer by layer; any length fits, as nothing fixes it."""
    model = Sequential()
    model.add(Embedding(vocab, embed))
    if cell == "gru":
        model.add(GRU(units, return_sequences=True))
    elif cell == "lstm":
        model.add(LSTM(units, return_sequences=True))
    else:
        model.add(SimpleRNN(units, return_sequences=True))
    model.add(Dense(vocab))
    return model


def nll(logits, targets, mask=None):
    """Position by position, those that count."""
    B = logits.shape[0]
    T = logits.shape[1]
    V = logits.shape[2]
    total = 0.0
    count = 0
    for i in range(B):
        for t in range(T):
            if mask is not None and not mask[i, t]:
                continue
            biggest = max(logits[i, t])
            s = 0.0
            for v in range(V):
                s += math.exp(logits[i, t, v] - biggest)
            log_p = logits[i, t, targets[i, t]] - biggest - math.log(s)
            total -= log_p
            count += 1
    return float(total / count)


def perplexity(logits, targets, mask=None):
    """math.exp."""
    return math.exp(nll(logits, targets, mask))


def sample(step_fn, prompt, n, temperature, rng):
    """Throws one dart at a line of weights; feeds the last symbol as well."""
    state = None
    for token in prompt:
        logits, state = step_fn(token, state)
    result = []
    for _ in range(n):
        scores = [float(a) / temperature for a in logits]
        biggest = max(scores)
        p = [math.exp(a - biggest) for a in scores]
        dart = rng.random() * sum(p)
        symbol = 0
        passed = p[0]
        while passed <= dart and symbol < len(p) - 1:
            symbol += 1
            passed += p[symbol]
        result.append(symbol)
        logits, state = step_fn(symbol, state)
    return result


def build_classifier(vocab, units, cell, max_len):
    """Layer by layer, the padding masked by the embedding."""
    model = Sequential()
    model.add(Input(shape=(max_len,)))
    model.add(Embedding(vocab, 32, mask_zero=True))
    if cell == "gru":
        model.add(GRU(units))
    elif cell == "lstm":
        model.add(LSTM(units))
    else:
        model.add(SimpleRNN(units))
    model.add(Dense(1))
    return model


def seq2seq_batches(pairs):
    """Appends until all rows are of one length."""
    Ts = 0
    Tt = 0
    for source, target in pairs:
        Ts = max(Ts, len(source))
        Tt = max(Tt, len(target) + 1)
    enc_in = []
    dec_in = []
    dec_out = []
    for source, target in pairs:
        a = list(source)
        b = [START, *list(target)]
        c = [*list(target), END]
        while len(a) < Ts:
            a.append(PAD)
        while len(b) < Tt:
            b.append(PAD)
        while len(c) < Tt:
            c.append(PAD)
        enc_in.append(a)
        dec_in.append(b)
        dec_out.append(c)
    return np.array(enc_in), np.array(dec_in), np.array(dec_out)


def build_seq2seq(vocab, embed, units):
    """LSTMs that hand over both states; both embeddings mask."""
    encoder_inputs = Input(shape=(None,))
    x = Embedding(vocab, embed, mask_zero=True)(encoder_inputs)
    _encoder_outputs, state_h, state_c = LSTM(units, return_state=True)(x)

    decoder_inputs = Input(shape=(None,))
    y = Embedding(vocab, embed, mask_zero=True)(decoder_inputs)
    y = LSTM(units, return_sequences=True)(y, initial_state=[state_h, state_c])
    outputs = Dense(vocab)(y)
    return Model([encoder_inputs, decoder_inputs], outputs)


def greedy_decode(model, src, max_len):
    """The decoder's input has its full width from the start."""
    B = len(src)
    dec_in = np.zeros((B, max_len), dtype=int)
    dec_in[:, 0] = START
    answer = np.zeros((B, max_len), dtype=int)
    finished = [False] * B
    for t in range(max_len):
        logits = model.predict([src, dec_in], verbose=0)
        for i in range(B):
            best = int(np.argmax(logits[i, t]))
            if best == END:
                finished[i] = True
            if not finished[i]:
                answer[i, t] = best
                if t + 1 < max_len:
                    dec_in[i, t + 1] = best
    return answer


def series_windows(y, window, horizon):
    """Value by value."""
    X = []
    Y = []
    for start in range(len(y) - window - horizon + 1):
        past = []
        for k in range(window):
            past.append([y[start + k]])
        future = []
        for k in range(horizon):
            future.append(y[start + window + k])
        X.append(past)
        Y.append(future)
    return np.array(X), np.array(Y)


def naive_forecast(X, horizon):
    """Value by value."""
    result = np.zeros((X.shape[0], horizon))
    for i in range(X.shape[0]):
        for k in range(horizon):
            result[i, k] = X[i, -1, 0]
    return result
