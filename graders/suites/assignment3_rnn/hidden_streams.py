"""Hidden checks of A3.5, A3.7 and A3.10: streams, likelihood, samples, series."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graders.checks import Student, check, equal, failed, holds
from graders.records import Finding
from graders.suites.assignment3_rnn import given, oracle, wrong
from graders.suites.assignment3_rnn.forms import drawn, generator, number
from graders.suites.assignment3_rnn.oracle import Array
from graders.suites.assignment3_rnn.streams import (
    forecast_is_right,
    series_is_right,
    split_is_right,
    windows_are_right,
)

Rng = np.random.Generator
NUM_DRAWS = 1500
# Of a sum of squared deviations with 5 symbols: passed by chance 1 time in 10 million.
FAR = 38.0


# --- A3.5 -------------------------------------------------------------------


@check("A3.5", title="Windows of many lengths and strides")
def windows_hold(student: Student, rng: Rng) -> Iterator[Finding]:
    """The last window ends at the last id, or a few ids are left over."""
    for T, stride, length in [(5, 1, 17), (4, 4, 21), (3, 5, 24), (7, 2, 30)]:
        ids = rng.permutation(100)[:length]
        got = student.make_windows(ids, T, stride)
        yield from windows_are_right(got, ids, T, stride)


@check("A3.5", title="Nothing of the end is in the beginning")
def split_holds(student: Student, rng: Rng) -> Iterator[Finding]:
    """Streams of ids that all differ, cut at several places, never at a half."""
    for length, share in [(40, 0.1), (57, 0.3), (53, 0.35), (61, 0.4), (90, 0.5)]:
        ids = rng.permutation(200)[:length]
        got = student.split_stream(ids, share)
        yield from split_is_right(got, ids, share)


# --- A3.7 -------------------------------------------------------------------


def prediction(rng: Rng, size: float = 2.0) -> tuple[Array, Array, Array]:
    """Logits (4, 6, 5), targets, and a mask that hides the ends of some rows."""
    lengths = np.array([6, 2, 4, 1])
    mask = np.arange(6) < lengths[:, None]
    return size * rng.normal(size=(4, 6, 5)), rng.integers(0, 5, (4, 6)), mask


def likelihood_is_right(
    student: Student, logits: Array, targets: Array, mask: Array | None
) -> Finding:
    """One call of `nll`; without a mask it is not named."""
    args = (logits, targets) if mask is None else (logits, targets, mask)
    return number(
        student.nll(*args),
        oracle.nll(logits, targets, mask),
        of="`nll`",
        suspects=wrong.nlls(logits, targets, mask),
    )


@check("A3.7", title="The mean over all positions")
def nll_holds(student: Student, rng: Rng) -> Iterator[Finding]:
    """Without a mask; float64 and float32."""
    logits, targets, _ = prediction(rng)
    yield likelihood_is_right(student, logits, targets, None)
    yield likelihood_is_right(student, logits.astype(np.float32), targets, None)


@check("A3.7", title="Padding does not count")
def nll_masks(student: Student, rng: Rng) -> Iterator[Finding]:
    """Rows of six, two, four and one positions."""
    logits, targets, mask = prediction(rng)
    yield likelihood_is_right(student, logits, targets, mask)


@check("A3.7", title="Large logits do not overflow")
def nll_is_stable(student: Student, rng: Rng) -> Iterator[Finding]:
    """Logits in the hundreds and thousands."""
    logits, targets, _ = prediction(rng, 600.0)
    yield likelihood_is_right(student, logits, targets, None)


@check("A3.7", title="Perplexity is exp of the mean")
def perplexity_holds(student: Student, rng: Rng) -> Iterator[Finding]:
    """With and without padding; equal logits give V whatever the mask."""
    logits, targets, mask = prediction(rng)
    for part, seen in [(logits, mask), (logits, None), (0 * logits, mask)]:
        table = [((part, targets, seen), oracle.nll(part, targets, seen))]
        yield number(
            student.given(nll=table).perplexity(part, targets, seen),
            float(np.exp(oracle.nll(part, targets, seen))),
            of="`perplexity`",
            suspects=wrong.perplexities(part, targets, seen),
        )


@check("A3.7", title="The prompt and every drawn symbol are fed")
def sample_feeds_prompt(student: Student, rng: Rng, seed: int) -> Iterator[Finding]:
    """What a step function heard: prompt first, one state from call to call."""
    steps = student.use(given.Steps, rng.normal(size=(5, 4)), of="The step function")
    prompt = [int(token) for token in rng.integers(0, 4, 5)]
    got = drawn(student.sample(steps, prompt, 6, 1.0, generator(seed)))
    yield from _symbols(got, 6, 4)
    fed = student.read(steps, "fed", of="What `sample` fed")
    starts = student.read(steps, "starts", of="How often `sample` started")
    fed = fed if isinstance(fed, list) else []
    wanted = [*prompt, *got]
    yield holds(
        fed != list(got) and fed != wanted[len(prompt) - 1 :][: len(fed)],
        "`sample` feeds the last token of the prompt only, or none.",
        misconception="sample_drops_prompt",
    )
    yield holds(
        fed in (wanted, wanted[:-1]),
        "`sample` does not feed the prompt and then each symbol it drew.",
        fix="One call of step_fn per token: the prompt in its order, then each symbol"
        " as it is drawn.",
    )
    yield holds(
        starts == 1,
        "`sample` calls step_fn with the state None more than once.",
        misconception="sample_drops_state",
    )


def _symbols(got: Any, n: int, vocab: int) -> Iterator[Finding]:
    """n ints between 0 and V - 1."""
    ints = isinstance(got, tuple) and all(type(token) is int for token in got)
    if not ints:
        yield failed("`sample` does not return a list of ints.", fix="Collect ints.")
        return
    yield holds(
        len(got) == n,
        f"`sample` returned {len(got)} symbols; {n} were asked for.",
        fix="Return the n new symbols, without the prompt.",
    )
    yield holds(
        all(0 <= token < vocab for token in got),
        "`sample` returned symbols that do not exist.",
        fix="Draw the position of a logit, from 0 to V - 1.",
    )


@check("A3.7", title="Frequencies follow the temperature")
def sample_follows_temperature(
    student: Student, rng: Rng, seed: int
) -> Iterator[Finding]:
    """1,500 draws of one distribution at temperatures 2.5, 0.5 and 1000."""
    logits = rng.permutation([2.0, 1.0, 0.3, -0.5, -1.2])
    for temperature in (2.5, 0.5, 1000.0):
        steps = student.use(given.Steps, logits[None], of="The step function")
        got = drawn(student.sample(steps, [0], NUM_DRAWS, temperature, generator(seed)))
        yield from _symbols(got, NUM_DRAWS, 5)
        counts = np.bincount(np.array(got), minlength=5)
        yield holds(
            _deviation(counts, logits / temperature) < FAR,
            "The symbols of `sample` do not follow softmax(logits / temperature).",
            fix="Divide the logits by the temperature, take the softmax, and draw.",
            misconception=_temperature_mistake(counts, logits, temperature),
        )


def _deviation(counts: Array, logits: Array) -> float:
    """Pearson's sum for counts that should follow softmax(logits)."""
    expected = counts.sum() * oracle.softmax(logits)
    return float(np.sum((counts - expected) ** 2 / np.maximum(expected, 1e-9)))


def _temperature_mistake(
    counts: Array, logits: Array, temperature: float
) -> str | None:
    if counts.max() == counts.sum() and counts.argmax() == logits.argmax():
        big = temperature > 1 and logits.max() * temperature > 40
        return "temperature_multiplies" if big else "sample_always_likeliest"
    if _deviation(counts, logits * temperature) < FAR:
        return "temperature_multiplies"
    if _deviation(counts, logits) < FAR:
        return "temperature_ignored"
    return None


@check("A3.7", title="Near zero the likeliest symbol is drawn")
def sample_gets_cold(student: Student, rng: Rng, seed: int) -> Iterator[Finding]:
    """Temperature 0.001, with logits of a few hundredths to a few units."""
    table = rng.permuted(np.tile([2.5, 1.0, 0.2, -0.4, -3.0], (7, 1)), axis=1)
    prompt = [int(token) for token in rng.integers(0, 5, 3)]
    steps = student.use(given.Steps, table, of="The step function")
    got = drawn(student.sample(steps, prompt, 8, 0.001, generator(seed)))
    yield from _symbols(got, 8, 5)
    total, wanted = sum(prompt), []
    for _ in range(8):
        wanted.append(int(table[total % 7].argmax()))
        total += wanted[-1]
    yield equal(
        got,
        tuple(wanted),
        of="`sample`",
        fix="At a temperature near 0 all probability lies on the largest logit.",
    )


@check("A3.7", title="The generator is the only source of randomness")
def sample_uses_generator(student: Student, seed: int) -> Iterator[Finding]:
    """Equal generators draw equal symbols, another one others."""
    results = []
    for number_ in (seed, seed, seed + 1):
        steps = student.use(given.Steps, np.zeros((1, 9)), of="The step function")
        results.append(drawn(student.sample(steps, [1], 20, 1.0, generator(number_))))
    for got in results:
        yield from _symbols(got, 20, 9)
    yield holds(
        results[0] == results[1] and results[0] != results[2],
        "What `sample` draws does not depend on rng alone.",
        fix="Draw with the methods of rng, for example rng.choice.",
    )


# --- A3.10 ------------------------------------------------------------------


@check("A3.10", title="Pasts and futures of any series")
def series_hold(student: Student, rng: Rng) -> Iterator[Finding]:
    """A straight line, then values without any order; the last window as well."""
    for y, window, horizon in [
        (0.5 * np.arange(20.0) + 3, 4, 2),
        (rng.permutation(50)[:15].astype(float), 5, 1),
        (rng.normal(size=12), 1, 3),
    ]:
        got = student.series_windows(y, window, horizon)
        yield from series_is_right(got, y, window, horizon)


@check("A3.10", title="The naive forecast is behind by the slope")
def forecast_holds(student: Student, rng: Rng) -> Finding:
    """A straight line: the error grows by one slope per step of the horizon."""
    past = oracle.series_windows(rng.normal() * np.arange(15.0), 4, 3)[0]
    return forecast_is_right(student.naive_forecast(past, 3), past, 3)
