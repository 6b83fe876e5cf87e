"""Assignment 3: recurrent networks, first by hand and then in Keras.

Fill in the body of each function below, in any order, and run

    grade assignment3

Each task says what comes in, what must come out and which shapes they have.
Axes: N or B examples (a batch), T steps of time, D features of one step, H units
of a recurrent layer, V symbols of a vocabulary. Batch comes first, then time, as in
Keras. The handout beside this file has the points and the limits. You may add your
own functions, and use NumPy, SciPy, scikit-learn and Keras.

Keras is imported inside the functions that need it: tasks that are NumPy alone are
then graded without waiting for TensorFlow. It may stand at the top as well.
"""

import numpy as np

# --- A3.1 -------------------------------------------------------------------


def rnn_step(x, h, Wx, Wh, b):
    """One step of a simple recurrent layer: tanh(x Wx + h Wh + b).

    Args:
        x: (N, D). The input of this step.
        h: (N, H). The state after the step before.
        Wx: (D, H). Weights from the input to the state.
        Wh: (H, H). Weights from the old state to the new one.
        b: (H,). Biases.

    Returns:
        (N, H). The new state, an array.

    >>> x, h = np.zeros((1, 2)), np.zeros((1, 1))
    >>> rnn_step(x, h, np.ones((2, 1)), np.eye(1), np.zeros(1))
    array([[0.]])
    """
    # YOUR CODE HERE (A3.1)
    raise NotImplementedError("A3.1 rnn_step: see lesson L15, section 1")
    # END A3.1


# --- A3.2 -------------------------------------------------------------------


def rnn_forward(x, h0, Wx, Wh, b, mask=None):
    """A simple recurrent layer over whole sequences: the state after every step.

    Every example of the batch has a state of its own, which starts at its row of h0.

    Args:
        x: (N, T, D). Inputs; the second axis is time.
        h0: (N, H). States before the first step.
        Wx: (D, H).
        Wh: (H, H).
        b: (H,).
        mask: (N, T) of bool, or None. Where it is False the step is padding: the
            state stays as it was, and this old state is also the output.

    Returns:
        (N, T, H). Entry [:, t] is the state after step t.
    """
    # YOUR CODE HERE (A3.2)
    raise NotImplementedError("A3.2 rnn_forward: see lesson L15, section 2")
    # END A3.2


# --- A3.3 -------------------------------------------------------------------


def lstm_step(x, h, c, W, U, b):
    """One step of an LSTM, with the weights as `keras.layers.LSTM` keeps them.

    The last axis of W, U and b holds four blocks of H columns, in this order: input
    gate i, forget gate f, candidate g (the tanh one), output gate o.

    Args:
        x: (N, D). The input of this step.
        h: (N, H). The output of the step before.
        c: (N, H). The cell state after the step before.
        W: (D, 4H). Weights of the input, Keras' `kernel`.
        U: (H, 4H). Weights of h, Keras' `recurrent_kernel`.
        b: (4H,). Biases.

    Returns:
        `(h', c')`, two arrays (N, H): c' = f * c + i * g and h' = o * tanh(c').
    """
    # YOUR CODE HERE (A3.3)
    raise NotImplementedError("A3.3 lstm_step: see lesson L15, section 3")
    # END A3.3


def gru_step(x, h, W, U, b):
    """One step of a GRU, as `keras.layers.GRU(..., reset_after=False)` computes it.

    The last axis of W, U and b holds three blocks of H columns, in this order: update
    gate z, reset gate r, candidate g (the tanh one). The reset gate acts on h *before*
    the product with the candidate's block of U. An update gate of 1 keeps the state.

    Args:
        x: (N, D). The input of this step.
        h: (N, H). The state after the step before.
        W: (D, 3H). Weights of the input, Keras' `kernel`.
        U: (H, 3H). Weights of h, Keras' `recurrent_kernel`.
        b: (3H,). Biases.

    Returns:
        (N, H). The new state h'.
    """
    # YOUR CODE HERE (A3.3)
    raise NotImplementedError("A3.3 gru_step: see lesson L15, section 3")
    # END A3.3


# --- A3.4 -------------------------------------------------------------------


def rnn_backward(dh, x, h0, Wx, Wh, b):
    """Gradients of `sum(dh * rnn_forward(x, h0, Wx, Wh, b))`: backpropagation in time.

    Compute again what you need of the forward pass. Gradients are sums over the batch
    and over all steps. Single precision (float32) is enough.

    Args:
        dh: (N, T, H). For each output, how much the loss grows with it. What comes
            back from later steps is *not* contained in it.
        x: (N, T, D).
        h0: (N, H).
        Wx: (D, H).
        Wh: (H, H).
        b: (H,).

    Returns:
        `(dx, dh0, dWx, dWh, db)`, shaped like x, h0, Wx, Wh and b.
    """
    # YOUR CODE HERE (A3.4)
    raise NotImplementedError("A3.4 rnn_backward: see lesson L15, section 4")
    # END A3.4


def clip_by_global_norm(grads, max_norm):
    """Scales all gradients by one factor if together they are too long.

    The global norm is that of all numbers of all arrays, as if they were one vector.

    Args:
        grads: list of arrays of any shapes.
        max_norm: a float above 0.

    Returns:
        `(clipped, norm)`: the list of arrays, whose global norm is at most max_norm,
        and the global norm *before* clipping, a float. Gradients that are short
        enough come back as they are, zeros included.

    >>> clip_by_global_norm([np.array([3.0]), np.array([4.0])], 1.0)[1]
    5.0
    """
    # YOUR CODE HERE (A3.4)
    raise NotImplementedError("A3.4 clip_by_global_norm: see lesson L15, section 4")
    # END A3.4


# --- A3.5 -------------------------------------------------------------------


def make_windows(ids, T, stride):
    """Cuts a stream of ids into inputs and targets of a language model.

    Window number k takes its input from position k * stride on. Its target is the
    stream one position later: Y[k, t] is the id that follows X[k, t]. Every window
    whose input *and* target lie within the stream is there, in the stream's order.

    Args:
        ids: (L,) of int. The stream, with L > T.
        T: length of a window.
        stride: distance between the starts of two windows.

    Returns:
        `(X, Y)`, two int arrays (n, T).

    >>> X, Y = make_windows(np.array([5, 6, 7, 8, 9]), 2, 2)
    >>> X.tolist(), Y.tolist()
    ([[5, 6], [7, 8]], [[6, 7], [8, 9]])
    """
    # YOUR CODE HERE (A3.5)
    raise NotImplementedError("A3.5 make_windows: see lesson L15, section 5")
    # END A3.5


def split_stream(ids, val_fraction):
    """Splits a stream into its beginning, to learn from, and its end, to validate.

    Args:
        ids: (L,) of int.
        val_fraction: share of the stream that validates, between 0 and 1.

    Returns:
        `(train, val)`, two int arrays. val holds the last `val_fraction * L` ids,
        rounded to the nearest whole number (a half may go either way), and train all
        before them. Neither is shuffled; no id is in both.

    >>> train, val = split_stream(np.arange(10), 0.2)
    >>> len(train), val.tolist()
    (8, [8, 9])
    """
    # YOUR CODE HERE (A3.5)
    raise NotImplementedError("A3.5 split_stream: see lesson L15, section 5")
    # END A3.5


# --- A3.6 -------------------------------------------------------------------


def build_char_model(vocab, embed, units, cell="gru"):
    """A language model over characters: after each one, logits for the next.

    An embedding, one recurrent layer or more that give their output at *every* step,
    and one dense layer of logits with weights that all steps share. No output may
    depend on a later input, since that is what it has to predict.

    Args:
        vocab: number of characters V. Every id from 0 to V - 1 is a real one.
        embed: size of the embedding.
        units: number of units of the recurrent layer.
        cell: "gru", "lstm" or "rnn" (`keras.layers.SimpleRNN`).

    Returns:
        A `keras.Model` from ids (B, T), of any T, to logits (B, T, V): no softmax.
        It keeps nothing from one call to the next.
    """
    # YOUR CODE HERE (A3.6)
    raise NotImplementedError("A3.6 build_char_model: see lesson L15, section 6")
    # END A3.6


# --- A3.7 -------------------------------------------------------------------


def nll(logits, targets, mask=None):
    """Mean negative log-likelihood of the targets, in nats (natural logarithm).

    Args:
        logits: (B, T, V). Scores before the softmax, of any size: 1000 must not
            overflow.
        targets: (B, T) of int. The right symbols.
        mask: (B, T) of bool, or None. Only positions where it is True count, all of
            them alike, and the mean is over those alone.

    Returns:
        A float.

    >>> round(nll(np.zeros((1, 3, 4)), np.array([[0, 1, 2]])), 4)
    1.3863
    """
    # YOUR CODE HERE (A3.7)
    raise NotImplementedError("A3.7 nll: see lesson L15, section 7")
    # END A3.7


def perplexity(logits, targets, mask=None):
    """exp of the mean negative log-likelihood: over how many symbols it hesitates.

    Args:
        logits: (B, T, V).
        targets: (B, T) of int.
        mask: (B, T) of bool, or None, as for `nll`.

    Returns:
        A float, at least 1. Equal logits give exactly V.
    """
    # YOUR CODE HERE (A3.7)
    raise NotImplementedError("A3.7 perplexity: see lesson L15, section 7")
    # END A3.7


def sample(step_fn, prompt, n, temperature, rng):
    """Continues a prompt, one drawn symbol at a time.

    `step_fn(token, state)` stands for a trained model. It takes one id and the state
    that its last call gave back (None for the very first), and returns
    `(logits, state)`: logits (V,) for the next symbol, and the new state, which is
    only to be passed on. Feed it the prompt, token by token, then every symbol drawn;
    the last one drawn may be fed or not.

    Args:
        step_fn: the function described above.
        prompt: list of at least one id.
        n: number of symbols to draw, up to a few thousand.
        temperature: a float above 0. The probabilities are
            softmax(logits / temperature); values down to 0.001 must not overflow.
        rng: a `numpy.random.Generator`, the only source of randomness.

    Returns:
        The n new symbols, a list of int, without the prompt.
    """
    # YOUR CODE HERE (A3.7)
    raise NotImplementedError("A3.7 sample: see lesson L15, section 7")
    # END A3.7


# --- A3.8 -------------------------------------------------------------------


def build_classifier(vocab, units, cell, max_len):
    """A classifier of sequences that does not see their padding.

    Sequences of different lengths are filled up with the id 0 at their end. How many
    zeros there are must not change the output. The size of the embedding is yours.

    Args:
        vocab: number of ids V, the padding included: ids are 0 to V - 1.
        units: number of units of the recurrent layer.
        cell: "gru", "lstm" or "rnn" (`keras.layers.SimpleRNN`).
        max_len: length T of the filled-up sequences.

    Returns:
        A `keras.Model` from ids (B, T) to one logit each, (B, 1): no sigmoid.
    """
    # YOUR CODE HERE (A3.8)
    raise NotImplementedError("A3.8 build_classifier: see lesson L15, section 8")
    # END A3.8


# --- A3.9 -------------------------------------------------------------------

PAD, START, END = 0, 1, 2


def seq2seq_batches(pairs):
    """Arrays for an encoder and a decoder from pairs of sequences.

    The decoder's input starts with START (1) and goes on with the target; its right
    output is the target and then END (2). So at each step it is fed what it should
    have said one step before. All three are filled up with PAD (0) at the end.

    Args:
        pairs: list of `(source, target)`, two lists of at least one id, all ids >= 3.

    Returns:
        `(enc_in, dec_in, dec_out)`, int arrays (B, Ts), (B, Tt) and (B, Tt): Ts is
        the length of the longest source, Tt that of the longest target plus 1.

    >>> enc_in, dec_in, dec_out = seq2seq_batches([([7, 8], [8, 7]), ([9], [9])])
    >>> dec_in.tolist(), dec_out.tolist()
    ([[1, 8, 7], [1, 9, 0]], [[8, 7, 2], [9, 2, 0]])
    """

    # YOUR CODE HERE (A3.9)
    raise NotImplementedError("A3.9 seq2seq_batches: see lesson L15, section 9")
    # END A3.9


def build_seq2seq(vocab, embed, units):
    """An encoder that reads the source, and a decoder that starts from its state.

    Padding (id 0) of the source must not change the output. The decoder sees its own
    input up to the present step only, and what the encoder found.

    Args:
        vocab: number of ids V, with PAD, START and END; both sides share it.
        embed: size of the embeddings.
        units: number of units of encoder and decoder, at least.

    Returns:
        A `keras.Model` that takes the list `[enc_in, dec_in]`, ids (B, Ts) and
        (B, Tt) of any Ts and Tt, and gives logits (B, Tt, V).
    """
    # YOUR CODE HERE (A3.9)
    raise NotImplementedError("A3.9 build_seq2seq: see lesson L15, section 9")
    # END A3.9


def greedy_decode(model, src, max_len):
    """Lets a model write: at each step the likeliest symbol, fed back to it.

    Until END comes, every id is a symbol like any other: if PAD or START is the
    likeliest, it is written and fed back. The model does not learn here: its dropout,
    if it has any, is off.

    Args:
        model: what `build_seq2seq` returns, or any model that is called like it.
        src: (B, Ts) of int. Sources, filled up with 0.
        max_len: most symbols per answer.

    Returns:
        (B, max_len) of int. The symbols before END in each row; END and what would
        follow it are 0. A row that does not come to an END has max_len symbols.
    """
    # YOUR CODE HERE (A3.9)
    raise NotImplementedError("A3.9 greedy_decode: see lesson L15, section 9")
    # END A3.9


# --- A3.10 ------------------------------------------------------------------


def series_windows(y, window, horizon):
    """Cuts a series into pasts and futures.

    Every window that fits is there, from the first on, each one step after the last.

    Args:
        y: (L,) of float, with L >= window + horizon.
        window: number of past values that a model gets.
        horizon: number of values to predict, which come right after the past ones.

    Returns:
        `(X, Y)`: X (n, window, 1) the pasts, Y (n, horizon) what follows each.

    >>> X, Y = series_windows(np.arange(5.0), 2, 2)
    >>> X[:, :, 0].tolist(), Y.tolist()
    ([[0.0, 1.0], [1.0, 2.0]], [[2.0, 3.0], [3.0, 4.0]])
    """
    # YOUR CODE HERE (A3.10)
    raise NotImplementedError("A3.10 series_windows: see lesson L15, section 10")
    # END A3.10


def naive_forecast(X, horizon):
    """The forecast to beat: everything stays as it was last.

    Args:
        X: (n, window, 1). Pasts, as from `series_windows`.
        horizon: number of values to predict.

    Returns:
        (n, horizon). The last value of each past, horizon times.

    >>> naive_forecast(np.array([[[1.0], [5.0]]]), 3).tolist()
    [[5.0, 5.0, 5.0]]
    """
    # YOUR CODE HERE (A3.10)
    raise NotImplementedError("A3.10 naive_forecast: see lesson L15, section 10")
    # END A3.10
