"""What public and hidden checks share: cases, and forms of answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.checks import Student, close, failed, is_array, passed
from graders.records import Finding
from graders.suites.assignment3_rnn import oracle, wrong
from graders.suites.assignment3_rnn.oracle import Array, Weights
from graders.wire import Generator

STATES = "N T H"
Rows = list[tuple[tuple[Any, ...], Any]]
GRADIENTS = {"dx": "N T D", "dh0": "N H", "dWx": "D H", "dWh": "H H", "db": "H"}


def generator(seed: int) -> Any:
    """What becomes a `numpy.random.Generator` in the worker."""
    return Generator(seed)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Arguments of `rnn_forward`: x (N, T, D), h0 (N, H), three weights, a mask."""

    x: Array
    h0: Array
    weights: Weights
    mask: Array | None = None

    @property
    def right(self) -> Array:
        """(N, T, H): the states."""
        return oracle.rnn_forward(self.x, self.h0, self.weights, self.mask)

    def steps(self) -> Rows:
        """Right values of `rnn_step` on the way, for the batch and for each row."""
        states = self.right
        before = np.concatenate([self.h0[:, None], states[:, :-1]], axis=1)
        rows: Rows = []
        parts = [slice(None), *(slice(n, n + 1) for n in range(len(self.x)))]
        for t in range(self.x.shape[1]):
            for part in parts:
                args = (self.x[part, t], before[part, t], *self.weights)
                rows.append((args, oracle.rnn_step(*args)))
        return rows


def sequence(
    rng: np.random.Generator, n: int, t: int, d: int, h: int, *, mask: bool = False
) -> Sequence:
    """Random arguments; a mask hides steps at the start, the middle and the end."""
    weights = (
        rng.normal(size=(d, h)),
        rng.normal(size=(h, h)) / np.sqrt(h),
        rng.normal(size=h),
    )
    seen = rng.uniform(size=(n, t)) < 0.6
    seen[0, -1], seen[-1, 0], seen[0, 0] = False, False, True
    h0 = np.tanh(rng.normal(size=(n, h)))
    return Sequence(rng.normal(size=(n, t, d)), h0, weights, seen if mask else None)


def forward(student: Student, case: Sequence) -> Any:
    """The student's `rnn_forward`, given right steps."""
    args: tuple[Any, ...] = (case.x, case.h0, *case.weights)
    if case.mask is not None:
        args = (*args, case.mask)
    return student.given(rnn_step=case.steps()).rnn_forward(*args)


def states_are_right(student: Student, case: Sequence) -> Finding:
    """One call, compared with the oracle."""
    return close(
        forward(student, case),
        case.right,
        of="`rnn_forward`",
        axes=STATES,
        suspects=wrong.rnn_forward(case.x, case.h0, case.weights, case.mask),
        shape_suspects=[("only_last_state", (len(case.x), case.h0.shape[1]))],
    )


def gradients_are_right(
    student: Student, dh: Array, case: Sequence, which: str
) -> Iterator[Finding]:
    """The form of the five gradients, and the values of some of them."""
    args = (case.x, case.h0, *case.weights)
    given = student.given(
        rnn_step=case.steps(), rnn_forward=[((*args, None), case.right)]
    )
    got = given.rnn_backward(dh, *args)
    of = "`rnn_backward`"
    if not (isinstance(got, tuple | list) and len(got) == len(GRADIENTS)):
        yield failed(
            f"{of} does not return five arrays.",
            fix="Return `(dx, dh0, dWx, dWh, db)`.",
        )
        return
    right = oracle.rnn_backward(dh, case.x, case.h0, case.weights)
    suspects = wrong.rnn_backward(dh, case.x, case.h0, case.weights)
    for name, value, want in zip(GRADIENTS, got, right, strict=True):
        if name in which.split():
            yield close(
                value,
                want,
                of=f"{name} of {of}",
                axes=GRADIENTS[name],
                suspects=suspects[name],
            )


def lstm_is_right(
    student: Student,
    x: Array,
    h: Array,
    c: Array,
    weights: Weights,
) -> Iterator[Finding]:
    """Both states of one step."""
    got = student.lstm_step(x, h, c, *weights)
    if not (isinstance(got, tuple | list) and len(got) == 2):
        yield failed(
            "`lstm_step` does not return two arrays.", fix="Return `(h', c')`."
        )
        return
    right = oracle.lstm_step(x, h, c, *weights)
    guesses = list(wrong.lstm_step(x, h, c, *weights))
    # The cell state comes first: a mistake there shows in h' as well.
    for index, name in ((1, "c'"), (0, "h'")):
        yield close(
            got[index],
            right[index],
            of=f"{name} of `lstm_step`",
            axes="N H",
            suspects=[(m, wrong.always(guess[index])) for m, guess in guesses],
        )


def gru_is_right(student: Student, x: Array, h: Array, weights: Weights) -> Finding:
    """The state after one step."""
    return close(
        student.gru_step(x, h, *weights),
        oracle.gru_step(x, h, *weights),
        of="`gru_step`",
        axes="N H",
        suspects=wrong.gru_step(x, h, *weights),
    )


def number(
    got: Any,
    want: float,
    *,
    of: str,
    suspects: Iterable[tuple[str, float]] = (),
) -> Finding:
    """One number, as a float or an array without axes."""
    if isinstance(got, np.ndarray) and got.size == 1 and got.dtype.kind in "iuf":
        got = float(got.ravel()[0])
    if type(got) not in (int, float):
        return failed(
            f"{of} does not return a number.", fix="Return one float, not an array."
        )
    if not np.isfinite(got):
        return failed(
            f"{of} returned NaN or infinity.",
            fix="Look for exp of a large number, a log of zero, or a division by zero.",
            misconception="nll_overflow" if of in ("`nll`", "`perplexity`") else None,
        )
    if np.isclose(got, want, rtol=1e-4, atol=1e-6):
        return passed()
    suspect = next(
        (
            name
            for name, value in suspects
            if np.isclose(got, value, rtol=1e-3, atol=1e-5)
        ),
        None,
    )
    return failed(
        f"{of} returned a wrong number.",
        detail=f"{got:.6g} came back, {want:.6g} is right.",
        fix="Work out a case with two positions and two symbols by hand.",
        misconception=suspect,
    )


def clipped_is_right(
    got: Any, grads: list[Array], max_norm: float
) -> Iterator[Finding]:
    """A pair of the scaled list and of the norm before."""
    of = "`clip_by_global_norm`"
    fix = "Return `(clipped, norm)`: a list of arrays, and a float."
    if not (isinstance(got, tuple | list) and len(got) == 2):
        yield failed(f"{of} does not return a pair.", fix=fix)
        return
    parts, norm = got
    if not (isinstance(parts, tuple | list) and len(parts) == len(grads)):
        yield failed(f"{of} does not return a list of as many arrays.", fix=fix)
        return
    want = oracle.clip_by_global_norm(grads, max_norm)
    for index, (part, right) in enumerate(zip(parts, want, strict=True)):
        yield is_array(part, right.shape, of=f"Array {index} of {of}")
    yield close(
        _joined(parts),
        _joined(want),
        of=f"All arrays of {of}, one after another,",
        suspects=[
            (name, wrong.always(_joined(guess)))
            for name, guess in wrong.clipped(grads, max_norm)
        ],
    )
    yield number(
        norm,
        oracle.global_norm(grads),
        of=f"The norm of {of}",
        suspects=[("clip_norm_after", oracle.global_norm(want))],
    )


def _joined(arrays: Iterable[Array]) -> Array:
    return np.concatenate([np.ravel(array) for array in arrays])


def drawn(got: Any) -> Any:
    """The symbols of `sample`, as a tuple where that is possible."""
    if isinstance(got, np.ndarray) and got.ndim == 1 and got.dtype.kind in "iu":
        got = got.tolist()
    return tuple(got) if isinstance(got, list | tuple) else got
