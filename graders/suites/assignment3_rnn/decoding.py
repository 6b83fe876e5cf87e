"""Forms of answers about A3.9: arrays for training, and greedy decoding."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from graders.checks import Student, close, failed, is_array
from graders.records import Finding
from graders.suites.assignment3_rnn import given, oracle, wrong
from graders.suites.assignment3_rnn.oracle import END, PAD, START, Array

Pairs = list[tuple[list[int], list[int]]]
VOCAB = 7
# Two logits nearer than this could change places by rounding.
_MARGIN = 0.05


def batches_are_right(got: Any, pairs: Pairs) -> Iterator[Finding]:
    """The three arrays of `seq2seq_batches`."""
    of = "`seq2seq_batches`"
    if not (isinstance(got, tuple | list) and len(got) == 3):
        yield failed(
            f"{of} does not return three arrays.",
            fix="Return `(enc_in, dec_in, dec_out)`.",
        )
        return
    right = oracle.seq2seq_batches(pairs)
    targets = [list(target) for _, target in pairs]
    unmarked = oracle.filled(targets)
    unshifted = oracle.filled([[START, *target, END] for target in targets])
    enc_in, dec_in, dec_out = got
    yield close(enc_in, right[0], of=f"enc_in of {of}", axes="B Ts")
    suspects: list[tuple[str, Callable[[], Array]]] = [
        ("decoder_input_not_shifted", lambda: right[2]),
        ("start_missing", lambda: _wide(unmarked, right[1])),
        ("end_fed_to_decoder", lambda: unshifted),
    ]
    shapes = [
        ("start_missing", unmarked.shape),
        ("end_fed_to_decoder", unshifted.shape),
    ]
    yield close(
        dec_in,
        right[1],
        of=f"dec_in of {of}",
        axes="B Tt",
        suspects=suspects,
        shape_suspects=shapes,
    )
    yield close(
        dec_out,
        right[2],
        of=f"dec_out of {of}",
        axes="B Tt",
        suspects=[
            ("end_missing", lambda: _wide(unmarked, right[2])),
            ("decoder_input_not_shifted", lambda: right[1]),
        ],
        shape_suspects=[("end_missing", unmarked.shape)],
    )
    for name, part in zip(("enc_in", "dec_in", "dec_out"), got, strict=True):
        yield is_array(
            part,
            of=f"{name} of {of}",
            axes="B T",
            kinds="iu",
            fix="Ids are whole numbers: return arrays of int.",
        )


def _wide(rows: Array, like: Array) -> Array:
    """The rows with zeros after them, if they are narrower."""
    num_rows, width = like.shape[0], min(rows.shape[1], like.shape[1])
    out = np.zeros((num_rows, like.shape[1]))
    out[:, :width] = rows[:, :width]
    return out


@dataclass(frozen=True, slots=True)
class Script:
    """What `given.scripted_model` is made from, and the sources to decode."""

    table: Array
    start: Array
    sources: Array

    def logits(self, dec_in: Array, source: Array) -> Array:
        """(V,): after the last token of one decoder input."""
        before = self.table[0][dec_in[-2]] if len(dec_in) > 1 else 0
        last = self.table[1][dec_in[-1]]
        return np.asarray(before + last + self.start[source].sum(axis=0))

    def decode(
        self,
        max_len: int,
        fed: Callable[[list[int], Array], list[int]] = lambda written, _: written,
        ends: bool = True,
    ) -> tuple[Array, float]:
        """The greedy answers (B, max_len), and how clear the nearest choice was."""
        rows, margin = [], np.inf
        for source in self.sources:
            written = [START]
            while len(written) <= max_len:
                logits = self.logits(np.array(fed(written, source)), source)
                second, first = np.sort(logits)[-2:]
                margin = min(margin, float(first - second))
                best = int(logits.argmax())
                if best == END and ends:
                    break
                written.append(best)
            rows.append(written[1:] + [PAD] * (max_len + 1 - len(written)))
        return np.array(rows), margin


def script(rng: np.random.Generator, num_rows: int, max_len: int = 4) -> Script:
    """A model in which all choices are clear, and answers of different lengths."""
    while True:
        table, start = 2 * rng.normal(size=(2, VOCAB, VOCAB)), np.zeros((VOCAB, VOCAB))
        start[3:] = rng.normal(size=(VOCAB - 3, VOCAB))
        start[3:, [PAD, START]] = -90
        sources = rng.integers(3, VOCAB, (num_rows, 3))
        sources[1::2, 2] = PAD
        found = Script(table, start, sources)
        right, margin = found.decode(max_len)
        lengths = (right != PAD).sum(axis=1)
        guesses = [guess for _, guess in suspects(found, max_len)]
        if (
            margin > _MARGIN
            and lengths.min() in range(1, max_len)
            and lengths.max() > 1
            and not any(np.array_equal(right, guess) for guess in guesses)
        ):
            return found


def suspects(found: Script, max_len: int) -> list[tuple[str, Array]]:
    """What `greedy_decode` gives if ..."""

    def forced(written: list[int], source: Array) -> list[int]:
        return [START, *source.tolist(), *[PAD] * max_len][: len(written)]

    def never(written: list[int], source: Array) -> list[int]:
        return [START, *[PAD] * max_len][: len(written)]

    def last(written: list[int], source: Array) -> list[int]:
        return written[-1:]

    return [
        ("decoding_is_forced", found.decode(max_len, forced)[0]),
        ("decoding_is_forced", found.decode(max_len, forced, ends=False)[0]),
        ("decoding_feeds_nothing", found.decode(max_len, never)[0]),
        ("decoding_feeds_last_only", found.decode(max_len, last)[0]),
        ("decoding_runs_past_end", found.decode(max_len, ends=False)[0]),
    ]


def decoding_is_right(
    student: Student, found: Script, max_len: int
) -> Iterator[Finding]:
    """`greedy_decode` with a model whose weights were chosen."""
    of = "`greedy_decode`"
    model = student.use(
        given.scripted_model, found.table, found.start, of="The given model"
    )
    got = student.greedy_decode(model, found.sources, max_len)
    yield close(
        _as_array(got, max_len),
        found.decode(max_len)[0],
        of=of,
        axes="B max_len",
        suspects=[(name, wrong.always(w)) for name, w in suspects(found, max_len)],
    )
    yield is_array(_as_array(got, max_len), of=of, kinds="iuf")


def _as_array(got: Any, max_len: int) -> Any:
    """Lists of ids, one for each row, as an array; anything else as it is."""
    rows = got if isinstance(got, list | tuple) else None
    if rows and all(
        isinstance(row, list | tuple)
        and len(row) <= max_len
        and all(type(token) is int and 0 <= token < 2**31 for token in row)
        for row in rows
    ):
        out = np.zeros((len(rows), max_len), np.int64)
        for number, row in enumerate(rows):
            out[number, : len(row)] = row
        return out
    return got
