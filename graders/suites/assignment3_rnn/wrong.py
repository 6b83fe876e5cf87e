"""The wrong answers that misconceptions give, so that feedback can name them."""

from collections.abc import Callable, Iterator

import numpy as np

from graders.suites.assignment3_rnn import oracle
from graders.suites.assignment3_rnn.oracle import Array, Weights, sigmoid

Suspects = list[tuple[str, Callable[[], Array]]]
Numbers = list[tuple[str, float]]


def always(value: Array) -> Callable[[], Array]:
    """A function that gives this value, for a list of suspects.

    >>> always(np.ones(1))().tolist()
    [1.0]
    """
    return lambda: value


def rnn_step(x: Array, h: Array, weights: Weights) -> Suspects:
    """What `rnn_step` gives if ..."""
    Wx, Wh, b = weights
    total = x @ Wx + h @ Wh + b
    return [
        ("step_without_activation", lambda: total),
        ("step_sigmoid", lambda: sigmoid(total)),
        ("step_without_bias", lambda: np.tanh(total - b)),
        ("step_transposed", lambda: np.tanh(x @ Wx + h @ Wh.T + b)),
    ]


def rnn_forward(
    x: Array, h0: Array, weights: Weights, mask: Array | None = None
) -> Suspects:
    """What `rnn_forward` gives if ..."""
    suspects: Suspects = [
        ("state_reset", lambda: _state_reset(x, h0, weights)),
        ("state_across_examples", lambda: _state_across(x, h0, weights)),
        ("batch_time_swapped", lambda: _swapped(x, h0, weights)),
        ("batch_time_swapped", lambda: _turned(_swapped(x, h0, weights))),
    ]
    if mask is not None:
        right = oracle.rnn_forward(x, h0, weights, mask)
        suspects += [
            ("mask_ignored", lambda: oracle.rnn_forward(x, h0, weights)),
            ("mask_zeroes", lambda: right * mask[..., None]),
            ("mask_zeroes", lambda: _zeroed_state(x, h0, weights, mask)),
            ("mask_inverted", lambda: oracle.rnn_forward(x, h0, weights, ~mask)),
        ]
    return suspects


def _state_reset(x: Array, h0: Array, weights: Weights) -> Array:
    steps = [oracle.rnn_step(x[:, t], h0, *weights) for t in range(x.shape[1])]
    return np.stack(steps, axis=1)


def _state_across(x: Array, h0: Array, weights: Weights) -> Array:
    """One state for the whole batch, handed from each example to the next."""
    states, h = [], h0[:1]
    for row in x:
        own = oracle.rnn_forward(row[None], h, weights)
        states.append(own[0])
        h = own[:, -1]
    return np.stack(states)


def _swapped(x: Array, h0: Array, weights: Weights) -> Array:
    """The first axis taken for time; that runs for as many examples as steps only."""
    if len(x) != x.shape[1]:
        return np.zeros(0)
    states, h = [], h0
    for row in x:
        h = oracle.rnn_step(row, h, *weights)
        states.append(h)
    return np.stack(states)


def _turned(states: Array) -> Array:
    return states.swapaxes(0, 1) if states.ndim == 3 else states


def _zeroed_state(x: Array, h0: Array, weights: Weights, mask: Array) -> Array:
    """A masked step clears the state as well."""
    states, h = [], h0
    for t in range(x.shape[1]):
        h = oracle.rnn_step(x[:, t], h, *weights) * mask[:, t, None]
        states.append(h)
    return np.stack(states, axis=1)


def lstm_step(
    x: Array, h: Array, c: Array, W: Array, U: Array, b: Array
) -> Iterator[tuple[str, tuple[Array, Array]]]:
    """`(h', c')` of `lstm_step` if ..."""
    blocks = np.split(x @ W + h @ U + b, 4, axis=1)
    i, f, g, o = (sigmoid(block) for block in blocks)
    tanh_i, tanh_f, tanh_g, tanh_o = (np.tanh(block) for block in blocks)

    def cell(i: Array, f: Array, g: Array, o: Array) -> tuple[Array, Array]:
        new = f * c + i * g
        return o * np.tanh(new), new

    right = cell(i, f, tanh_g, o)[1]
    yield "lstm_forget_input_swapped", cell(f, i, tanh_g, o)
    yield "lstm_candidate_sigmoid", cell(i, f, g, o)
    yield "lstm_output_tanh_missing", (o * right, right)
    # Blocks read as i, f, o, g; as f, i, o, g; as i, o, f, g; as i, g, f, o.
    yield "lstm_gate_order", cell(i, f, tanh_o, g)
    yield "lstm_gate_order", cell(f, i, tanh_o, g)
    yield "lstm_gate_order", cell(i, g, tanh_o, f)
    yield "lstm_gate_order", cell(i, g, tanh_f, o)
    yield "lstm_gate_order", cell(f, g, tanh_i, o)


def gru_step(x: Array, h: Array, W: Array, U: Array, b: Array) -> Suspects:
    """What `gru_step` gives if ..."""
    (z_x, r_x, g_x), (z_u, r_u, g_u) = (
        np.split(part, 3, axis=1) for part in (x @ W + b, U)
    )
    z, r = sigmoid(z_x + h @ z_u), sigmoid(r_x + h @ r_u)
    g = np.tanh(g_x + (r * h) @ g_u)
    after = np.tanh(g_x + r * (h @ g_u))
    swapped = np.tanh(g_x + (z * h) @ g_u)
    return [
        ("gru_reset_after", lambda: z * h + (1 - z) * after),
        ("gru_z_inverted", lambda: (1 - z) * h + z * g),
        ("gru_gate_order", lambda: r * h + (1 - r) * swapped),
        ("gru_reset_forgotten", lambda: z * h + (1 - z) * np.tanh(g_x + h @ g_u)),
    ]


def rnn_backward(
    dh: Array, x: Array, h0: Array, weights: Weights
) -> dict[str, Suspects]:
    """By gradient: what `rnn_backward` gives if ..."""
    names = ("dx", "dh0", "dWx", "dWh", "db")
    truncated = _truncated(dh, x, h0, weights)
    flat = _backward_with(dh, x, h0, weights, lambda h: np.ones_like(h))
    linear = _backward_with(dh, x, h0, weights, lambda h: 1 - h)
    suspects: dict[str, Suspects] = {}
    for index, name in enumerate(names):
        suspects[name] = [
            ("bptt_truncated", always(truncated[index])),
            ("bptt_without_slope", always(flat[index])),
            ("bptt_without_slope", always(linear[index])),
        ]
    for name, by_step in _parts(dh, x, h0, weights).items():
        for t in (0, -1):
            suspects[name].append(("bptt_not_accumulated", always(by_step[t])))
    right = oracle.rnn_backward(dh, x, h0, weights)
    for index, name in enumerate(names):
        suspects[name].append(("bptt_averaged", always(right[index] / len(x))))
    return suspects


def _truncated(dh: Array, x: Array, h0: Array, weights: Weights) -> list[Array]:
    """Nothing flows back from one step to the step before."""
    Wx, Wh, _ = weights
    states = oracle.rnn_forward(x, h0, weights)
    before = np.concatenate([h0[:, None], states[:, :-1]], axis=1)
    slopes = dh * (1 - states**2)
    return [
        slopes @ Wx.T,
        slopes[:, 0] @ Wh.T,
        np.einsum("ntd,nth->dh", x, slopes),
        np.einsum("ntg,nth->gh", before, slopes),
        slopes.sum(axis=(0, 1)),
    ]


def _slopes(
    dh: Array, states: Array, Wh: Array, slope: Callable[[Array], Array]
) -> tuple[Array, Array]:
    """What reaches each step's sum, and the state before the first."""
    slopes, later = np.empty_like(states), np.zeros_like(states[:, 0])
    for t in reversed(range(states.shape[1])):
        slopes[:, t] = (dh[:, t] + later) * slope(states[:, t])
        later = slopes[:, t] @ Wh.T
    return slopes, later


def _backward_with(
    dh: Array,
    x: Array,
    h0: Array,
    weights: Weights,
    slope: Callable[[Array], Array],
) -> list[Array]:
    """Backpropagation with another derivative than that of tanh."""
    Wx, Wh, _ = weights
    states = oracle.rnn_forward(x, h0, weights)
    before = np.concatenate([h0[:, None], states[:, :-1]], axis=1)
    slopes, later = _slopes(dh, states, Wh, slope)
    return [
        slopes @ Wx.T,
        later,
        np.einsum("ntd,nth->dh", x, slopes),
        np.einsum("ntg,nth->gh", before, slopes),
        slopes.sum(axis=(0, 1)),
    ]


def _parts(dh: Array, x: Array, h0: Array, weights: Weights) -> dict[str, Array]:
    """What each step alone adds to the gradients of the weights, time first."""
    states = oracle.rnn_forward(x, h0, weights)
    before = np.concatenate([h0[:, None], states[:, :-1]], axis=1)
    slopes, _ = _slopes(dh, states, weights[1], lambda h: 1 - h**2)
    return {
        "dWx": np.einsum("ntd,nth->tdh", x, slopes),
        "dWh": np.einsum("ntg,nth->tgh", before, slopes),
        "db": slopes.sum(axis=0),
    }


def clipped(grads: list[Array], max_norm: float) -> list[tuple[str, list[Array]]]:
    """What `clip_by_global_norm` gives if ..."""
    factor = max_norm / max(oracle.global_norm(grads), 1e-12)
    each = [oracle.clip_by_global_norm([grad], max_norm)[0] for grad in grads]
    return [
        ("clip_per_tensor", each),
        ("clip_scales_up", [grad * factor for grad in grads]),
        ("clip_by_value", [np.clip(grad, -max_norm, max_norm) for grad in grads]),
    ]


def nlls(logits: Array, targets: Array, mask: Array | None) -> Numbers:
    """What `nll` gives if ..."""
    losses = oracle.nlls(logits, targets)
    right = oracle.nll(logits, targets, mask)
    found = [
        ("nll_base_two", right / np.log(2)),
        ("nll_summed", float(losses.sum() if mask is None else losses[mask].sum())),
        ("nll_of_logits", _of_logits(logits, targets, mask)),
    ]
    if mask is not None:
        found += [
            ("padding_counted", float(losses.mean())),
            ("padding_counted", float((losses * mask).mean())),
            ("nll_mean_of_means", float(_row_means(losses, mask).mean())),
        ]
    return found


def _row_means(losses: Array, mask: Array) -> Array:
    """The mean of each row over what counts in it."""
    rows = mask.any(axis=1)
    return np.asarray((losses * mask).sum(axis=1)[rows] / mask.sum(axis=1)[rows])


def _of_logits(logits: Array, targets: Array, mask: Array | None) -> float:
    """The logit itself taken for the log-probability."""
    chosen = -np.take_along_axis(logits, targets[..., None], axis=-1)[..., 0]
    return float(chosen.mean() if mask is None else chosen[mask].mean())


def perplexities(logits: Array, targets: Array, mask: Array | None) -> Numbers:
    """What `perplexity` gives if ..."""
    losses = oracle.nlls(logits, targets)
    seen = np.ones(losses.shape, bool) if mask is None else mask
    return [
        ("perplexity_base_two", float(2 ** oracle.nll(logits, targets, mask))),
        ("perplexity_mean_of_exp", float(np.exp(losses[seen]).mean())),
        ("perplexity_mean_of_exp", float(np.exp(_row_means(losses, seen)).mean())),
        ("padding_counted_again", float(np.exp(losses.mean()))),
    ]
