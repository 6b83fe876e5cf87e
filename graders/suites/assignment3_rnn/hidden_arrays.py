"""Hidden checks of A3.1 to A3.4: cells and gradients, on fresh inputs."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Student, check, close, holds
from graders.records import Finding
from graders.suites.assignment3_rnn import oracle, wrong
from graders.suites.assignment3_rnn.forms import (
    STATES,
    Sequence,
    clipped_is_right,
    forward,
    gradients_are_right,
    gru_is_right,
    lstm_is_right,
    sequence,
    states_are_right,
)
from graders.suites.assignment3_rnn.oracle import Array, Weights

Rng = np.random.Generator


# --- A3.1 -------------------------------------------------------------------


@check("A3.1", title="Steps of layers of any size")
def steps_hold(student: Student, rng: Rng) -> Iterator[Finding]:
    """More examples than units, and one; float64 and float32."""
    for n, d, h, kind in [(5, 3, 4, "float64"), (1, 2, 3, "float32")]:
        case = sequence(rng, n, 1, d, h)
        x, h0 = case.x[:, 0].astype(kind), case.h0.astype(kind)
        Wx, Wh, b = (weight.astype(kind) for weight in case.weights)
        yield close(
            student.rnn_step(x, h0, Wx, Wh, b),
            oracle.rnn_step(x, h0, Wx, Wh, b),
            of="`rnn_step`",
            axes="N H",
            suspects=wrong.rnn_step(x, h0, (Wx, Wh, b)),
        )
        yield nothing_changed(student, "`rnn_step`")


def nothing_changed(student: Student, of: str) -> Finding:
    """The last call left its arguments alone."""
    changed = " and ".join(student.changed)
    return holds(
        not changed,
        f"{of} changes its argument {changed} in place.",
        fix="Work on a copy, or write into an array of your own.",
    )


# --- A3.2 -------------------------------------------------------------------


@check("A3.2", title="Batch first, then time")
def batch_comes_first(student: Student, rng: Rng) -> Iterator[Finding]:
    """As many examples as steps; and the same examples in another order."""
    case = sequence(rng, 4, 4, 3, 2)
    yield states_are_right(student, case)
    order = np.array([2, 0, 3, 1])
    yield states_are_right(
        student, Sequence(case.x[order], case.h0[order], case.weights)
    )


@check("A3.2", title="The state is carried from step to step")
def states_carry(student: Student, rng: Rng) -> Iterator[Finding]:
    """Other numbers of examples and of steps; one of each as well."""
    for n, t in [(3, 5), (1, 4), (4, 1)]:
        yield states_are_right(student, sequence(rng, n, t, 2, 3))


@check("A3.2", title="Each example has a state of its own")
def rows_apart(student: Student, rng: Rng) -> Iterator[Finding]:
    """A batch whose other examples are replaced; the first stays as it was."""
    case, other = sequence(rng, 3, 4, 2, 3), sequence(rng, 3, 4, 2, 3)
    yield states_are_right(student, case)
    x, h0 = case.x.copy(), case.h0.copy()
    x[1:], h0[1:] = other.x[1:], other.h0[1:]
    yield states_are_right(student, Sequence(x, h0, case.weights))


@check("A3.2", title="Masked steps keep the state")
def masks_hold(student: Student, rng: Rng) -> Iterator[Finding]:
    """Masked steps at the start, in the middle and at the end."""
    yield states_are_right(student, sequence(rng, 4, 6, 2, 3, mask=True))


@check("A3.2", title="Padding does not change the last state")
def padding_changes_nothing(student: Student, rng: Rng) -> Iterator[Finding]:
    """Four steps, then the same with three steps of masked padding after them."""
    short = sequence(rng, 3, 4, 2, 3)
    padding = rng.normal(size=(3, 3, 2))
    mask = np.repeat([[True] * 4 + [False] * 3], 3, axis=0)
    x = np.concatenate([short.x, padding], axis=1)
    case = Sequence(x, short.h0, short.weights, mask)
    last = short.right[:, -1]
    padded = forward(student, case)
    suspects = wrong.rnn_forward(x, case.h0, case.weights, mask)
    yield close(padded, case.right, of="`rnn_forward`", axes=STATES, suspects=suspects)
    yield close(padded[:, -1], last, of="The last state", axes="N H")


@check("A3.2", title="Your own steps, one after another")
def own_chain(student: Student, rng: Rng) -> Iterator[Finding]:
    """`rnn_forward` and a loop over `rnn_step` agree, or `rnn_forward` is right."""
    case = sequence(rng, 2, 3, 2, 3)
    got = student.rnn_forward(case.x, case.h0, *case.weights)
    if not close(got, case.right, of="`rnn_forward`").what:
        return
    h, states = case.h0, []
    for t in range(3):
        h = student.rnn_step(case.x[:, t], h, *case.weights)
        if close(h, h * 0, of="").what and getattr(h, "shape", ()) != (2, 3):
            return  # A3.1 has said so.
        states.append(h)
    yield close(
        got,
        np.stack(states, axis=1),
        of="`rnn_forward`",
        axes=STATES,
        fix="Call `rnn_step` once per step, with the state it gave back last.",
    )


@check("A3.2", title="The arguments stay as they were")
def forward_leaves_arguments(student: Student, rng: Rng) -> Iterator[Finding]:
    """With a mask and without."""
    for mask in (True, False):
        forward(student, sequence(rng, 2, 3, 2, 2, mask=mask))
        yield nothing_changed(student, "`rnn_forward`")


# --- A3.3 -------------------------------------------------------------------


def gates(rng: Rng, d: int, h: int, count: int) -> Weights:
    """Weights of a cell with so many blocks."""
    return (
        rng.normal(size=(d, count * h)),
        rng.normal(size=(h, count * h)),
        rng.normal(size=count * h),
    )


def states(rng: Rng, n: int, h: int) -> Array:
    """(N, H): what a tanh gives."""
    return np.tanh(rng.normal(size=(n, h)))


@check("A3.3", title="LSTM steps as Keras makes them")
def lstm_holds(student: Student, rng: Rng) -> Iterator[Finding]:
    """Any sizes; float64 and float32."""
    for n, d, h, kind in [(4, 3, 5, "float64"), (1, 2, 2, "float32")]:
        W, U, b = (part.astype(kind) for part in gates(rng, d, h, 4))
        x, c = rng.normal(size=(2, n, max(d, h)))
        x, c = x[:, :d].astype(kind), c[:, :h].astype(kind)
        old = states(rng, n, h).astype(kind)
        yield from lstm_is_right(student, x, old, c, (W, U, b))
        yield nothing_changed(student, "`lstm_step`")


@check("A3.3", title="A full forget gate keeps the cell")
def lstm_keeps_cell(student: Student, rng: Rng) -> Iterator[Finding]:
    """Biases for which f is 1 and i is 0."""
    W, U, b = gates(rng, 2, 3, 4)
    b[:3], b[3:6] = -40, 40
    c = rng.normal(size=(4, 3))
    yield from lstm_is_right(
        student, rng.normal(size=(4, 2)), states(rng, 4, 3), c, (W, U, b)
    )


@check("A3.3", title="GRU steps as Keras makes them")
def gru_holds(student: Student, rng: Rng) -> Iterator[Finding]:
    """Any sizes; float64 and float32."""
    for n, d, h, kind in [(4, 3, 5, "float64"), (1, 2, 2, "float32")]:
        W, U, b = (part.astype(kind) for part in gates(rng, d, h, 3))
        x, old = rng.normal(size=(n, d)).astype(kind), states(rng, n, h).astype(kind)
        yield gru_is_right(student, x, old, (W, U, b))
        yield nothing_changed(student, "`gru_step`")


@check("A3.3", title="A full update gate keeps the state")
def gru_keeps_state(student: Student, rng: Rng) -> Finding:
    """Biases for which z is 1."""
    W, U, b = gates(rng, 2, 3, 3)
    b[:3] = 40
    return gru_is_right(student, rng.normal(size=(4, 2)), states(rng, 4, 3), (W, U, b))


# --- A3.4 -------------------------------------------------------------------


def backward_case(rng: Rng) -> tuple[Array, Sequence]:
    """Two examples, four steps, everything uneven."""
    return rng.normal(size=(2, 4, 3)), sequence(rng, 2, 4, 5, 3)


@check("A3.4", title="Gradients of the inputs and of the first state")
def gradients_of_inputs(student: Student, rng: Rng) -> Iterator[Finding]:
    """What flows back through all later steps."""
    yield from gradients_are_right(student, *backward_case(rng), "dx dh0")


@check("A3.4", title="Gradients of the weights")
def gradients_of_weights(student: Student, rng: Rng) -> Iterator[Finding]:
    """A sum over the batch and over all steps."""
    yield from gradients_are_right(student, *backward_case(rng), "dWx dWh db")


@check("A3.4", title="A loss on the last output reaches the first step")
def gradients_from_the_end(student: Student, rng: Rng) -> Iterator[Finding]:
    """dh is zero except at the last step; the arguments stay as they were."""
    dh, case = backward_case(rng)
    dh[:, :-1] = 0
    yield from gradients_are_right(student, dh, case, "dx dh0 dWx dWh db")
    yield nothing_changed(student, "`rnn_backward`")


@check("A3.4", title="Long gradients are scaled together")
def clips_hold(student: Student, rng: Rng) -> Iterator[Finding]:
    """Arrays of different shapes and sizes: one factor for all."""
    grads = [rng.normal(size=(3, 4)), 5 * rng.normal(size=(6,)), rng.normal(size=(2,))]
    max_norm = 0.4 * oracle.global_norm(grads)
    got = student.clip_by_global_norm(grads, max_norm)
    yield from clipped_is_right(got, grads, max_norm)
    yield nothing_changed(student, "`clip_by_global_norm`")


@check("A3.4", title="Short gradients stay as they are")
def short_stays(student: Student, rng: Rng) -> Iterator[Finding]:
    """Below the limit, and all zero."""
    grads = [rng.normal(size=(3, 2)), rng.normal(size=4)]
    for part in (grads, [0 * grad for grad in grads]):
        max_norm = 2 * oracle.global_norm(grads)
        got = student.clip_by_global_norm(part, max_norm)
        yield from clipped_is_right(got, part, max_norm)
