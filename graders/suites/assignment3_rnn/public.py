"""Public checks of the NumPy tasks: small examples that a student may read."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Student, check, close, equal
from graders.records import Finding
from graders.suites.assignment3_rnn import given, oracle, wrong
from graders.suites.assignment3_rnn.data import data_sha256
from graders.suites.assignment3_rnn.forms import (
    Sequence,
    clipped_is_right,
    drawn,
    generator,
    gradients_are_right,
    gru_is_right,
    lstm_is_right,
    number,
    states_are_right,
)
from graders.suites.assignment3_rnn.streams import (
    forecast_is_right,
    series_is_right,
    split_is_right,
    windows_are_right,
)

__all__ = ["data_sha256"]

# Two inputs, two units; what every example below starts from.
WX = np.array([[0.5, -1.0], [0.25, 0.75]])
WH = np.array([[0.1, 0.4], [-0.3, 0.2]])
B = np.array([0.2, -0.1])
X = np.array([[[1.0, 2.0], [0.0, -1.0], [0.5, 0.5]], [[-1.0, 0.0], [2.0, 1.0], [1, 1]]])
H0 = np.array([[0.0, 0.5], [-0.5, 0.0]])
SMALL = Sequence(X, H0, (WX, WH, B))


@check("A3.1", title="One step of a small layer")
def small_step(student: Student) -> Finding:
    """Two examples, two inputs and two units; the weights stand above."""
    x = X[:, 0]
    return close(
        student.rnn_step(x, H0, WX, WH, B),
        oracle.rnn_step(x, H0, WX, WH, B),
        of="`rnn_step`",
        axes="N H",
        suspects=wrong.rnn_step(x, H0, (WX, WH, B)),
    )


@check("A3.2", title="Three steps of a small layer")
def small_sequence(student: Student) -> Finding:
    """Two examples, three steps, two inputs and two units."""
    return states_are_right(student, SMALL)


@check("A3.2", title="A padded step keeps the state")
def small_mask(student: Student) -> Finding:
    """The second example has two steps, and one of padding at its end."""
    mask = np.array([[True, True, True], [True, True, False]])
    return states_are_right(student, Sequence(X, H0, SMALL.weights, mask))


def blocks(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Kernel, recurrent kernel and bias of two inputs, two units, some blocks."""
    columns = np.arange(2.0 * count)
    W = np.stack([np.sin(columns + 1), np.cos(columns)])
    U = np.stack([np.cos(columns - 1), np.sin(2 * columns)])
    return W, U, columns / 10 - 0.3


@check("A3.3", title="One step of a small LSTM")
def small_lstm(student: Student) -> Iterator[Finding]:
    """Two examples, two inputs and two units; the weights are made by `blocks(4)`."""
    c = np.array([[1.0, -2.0], [0.5, 1.5]])
    yield from lstm_is_right(student, X[:, 0], H0, c, blocks(4))


@check("A3.3", title="One step of a small GRU")
def small_gru(student: Student) -> Finding:
    """Two examples, two inputs and two units; the weights are made by `blocks(3)`."""
    return gru_is_right(student, X[:, 0], H0, blocks(3))


@check("A3.4", title="Gradients of three small steps")
def small_gradients(student: Student) -> Iterator[Finding]:
    """The layer of `small_sequence`; dh is one everywhere."""
    dh = np.ones((2, 3, 2))
    yield from gradients_are_right(student, dh, SMALL, "dx dh0 dWx dWh db")


@check("A3.4", title="Clipping of two small arrays")
def small_clip(student: Student) -> Iterator[Finding]:
    """[2, 1] and [[2]] have the norm 3 together, to be clipped to 1 and to 10."""
    grads = [np.array([2.0, 1.0]), np.array([[2.0]])]
    for max_norm in (1.0, 10.0):
        got = student.clip_by_global_norm(grads, max_norm)
        yield from clipped_is_right(got, grads, max_norm)


@check("A3.5", title="Windows of a small stream")
def small_windows(student: Student) -> Iterator[Finding]:
    """The ids 10 to 20 in windows of 4, every second one, then of 3, every one."""
    ids = np.arange(10, 21)
    for T, stride in [(4, 2), (3, 1)]:
        got = student.make_windows(ids, T, stride)
        yield from windows_are_right(got, ids, T, stride)


@check("A3.5", title="A small stream in two parts")
def small_split(student: Student) -> Iterator[Finding]:
    """The ids 10 to 29, a quarter of them to validate."""
    ids = np.arange(10, 30)
    yield from split_is_right(student.split_stream(ids, 0.25), ids, 0.25)


LOGITS = np.array([[[2.0, 0.0, -1.0], [0.5, 0.5, 3.0]]])
TARGETS = np.array([[0, 1]])


@check("A3.7", title="Likelihood of two small predictions")
def small_nll(student: Student) -> Iterator[Finding]:
    """Three symbols, two positions, of which the mask then leaves the first."""
    for mask in (None, np.array([[True, False]])):
        yield number(
            student.nll(LOGITS, TARGETS, mask),
            oracle.nll(LOGITS, TARGETS, mask),
            of="`nll`",
            suspects=wrong.nlls(LOGITS, TARGETS, mask),
        )


@check("A3.7", title="Equal logits have the perplexity V")
def uniform_perplexity(student: Student) -> Finding:
    """Five symbols, logits of zero."""
    logits, targets = np.zeros((2, 3, 5)), np.array([[0, 1, 2], [4, 3, 0]])
    table = [((logits, targets, None), oracle.nll(logits, targets))]
    return number(
        student.given(nll=table).perplexity(logits, targets),
        5.0,
        of="`perplexity`",
        suspects=wrong.perplexities(logits, targets, None),
    )


CHAIN = np.array([[0.0, 90, 0, 0], [0, 0, 90, 0], [0, 0, 0, 90], [0, 90, 0, 0]])


@check("A3.7", title="A sample of a chain that has no choice")
def small_sample(student: Student, seed: int) -> Iterator[Finding]:
    """Each sum of tokens has one next symbol that is far likelier than the others."""
    steps = student.use(given.Steps, CHAIN, of="The given step function")
    got = student.sample(steps, [2, 1], 4, 1.0, generator(seed))
    # The sums 3, 4, 5 and 7 belong to the rows 3, 0, 1 and 3.
    yield equal(drawn(got), (1, 1, 2, 1), of="`sample`")


@check("A3.10", title="Windows of a small series")
def small_series(student: Student) -> Iterator[Finding]:
    """0, 1, 4, 9, 16, 25, 36 in pasts of 3 and futures of 2."""
    y = np.arange(7.0) ** 2
    yield from series_is_right(student.series_windows(y, 3, 2), y, 3, 2)


@check("A3.10", title="The naive forecast of two pasts")
def small_forecast(student: Student) -> Finding:
    """1, 2, 4 and 8, 6, 5: three times 4 and three times 5."""
    past = np.array([[1.0, 2, 4], [8, 6, 5]])[..., np.newaxis]
    return forecast_is_right(student.naive_forecast(past, 3), past, 3)
