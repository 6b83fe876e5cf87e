"""Hidden checks of A3.9: from sequence to sequence."""

from collections.abc import Iterator

import numpy as np

from graders.checks import Artifact, Asks, Gates, Student, check, fixture, holds
from graders.records import Finding
from graders.suites.assignment3_rnn.decoding import (
    batches_are_right,
    decoding_is_right,
    script,
)
from graders.suites.assignment3_rnn.fixtures import (
    SEQUENCES,
    answer,
    reversal_accuracy,
    seq2seq_model,
)

Rng = np.random.Generator


@fixture
def own_seq2seq(student: Student, clean_room: Asks, seed: int) -> Artifact:
    """The student's model for 9 ids."""
    return seq2seq_model(student, clean_room, seed)


@check("A3.9", title="Arrays from pairs of any length")
def batches_hold(student: Student, rng: Rng) -> Iterator[Finding]:
    """Targets that are longer and shorter than their sources; one pair alone."""
    for count in (6, 1):
        pairs = [
            (
                rng.integers(3, 30, rng.integers(1, 7)).tolist(),
                rng.integers(3, 30, rng.integers(1, 7)).tolist(),
            )
            for _ in range(count)
        ]
        yield from batches_are_right(student.seq2seq_batches(pairs), pairs)


@check("A3.9", title="The decoder looks back, not ahead")
def decoder_looks_back(own_seq2seq: Artifact, rng: Rng) -> Iterator[Finding]:
    """Logits before a change of the decoder's input stay; those from it on move."""
    model = own_seq2seq.trained()
    enc_in, dec_in = rng.integers(3, 9, (4, 5)), rng.integers(3, 9, (4, 6))
    dec_in[:, 0] = 1
    other = dec_in.copy()
    other[:, 3:] = 3 + (dec_in[:, 3:] - 2) % 6
    logits, moved = (
        answer(model, [enc_in, part], (4, 6, 9), SEQUENCES) for part in (dec_in, other)
    )
    change = np.abs(logits - moved).max(axis=(0, 2))  # (T,)
    yield holds(
        float(change[:3].max()) < 1e-5,
        "Logits depend on later tokens of the decoder's input.",
        misconception="decoder_sees_future",
    )
    yield holds(
        float(change[3:].max()) > 1e-6,
        "Logits do not depend on the decoder's input.",
        misconception="decoder_ignores_input",
    )


@check("A3.9", title="The source reaches the decoder, its padding does not")
def source_counts(own_seq2seq: Artifact, rng: Rng) -> Iterator[Finding]:
    """Another source changes the first logits; three more zeros change none."""
    model = own_seq2seq.trained()
    enc_in, dec_in = rng.integers(3, 9, (4, 4)), rng.integers(3, 9, (4, 5))
    dec_in[:, 0] = 1
    enc_in[1, 3] = enc_in[2, 2:] = 0
    other = np.where(enc_in == 0, 0, 3 + (enc_in - 2) % 6)
    padded = np.pad(enc_in, ((0, 0), (0, 3)))
    logits, moved, same = (
        answer(model, [part, dec_in], (4, 5, 9), SEQUENCES)
        for part in (enc_in, other, padded)
    )
    yield holds(
        float(np.abs(logits - moved)[:, 0].max()) > 1e-6,
        "The first logits do not depend on the source.",
        misconception="encoder_state_not_passed",
    )
    yield holds(
        float(np.abs(logits - same).max()) < 1e-5,
        "More padding of the source changes the logits.",
        misconception="source_padding_read",
    )


@check("A3.9", title="Decoding feeds the model what it wrote")
def decoding_holds(student: Student, rng: Rng) -> Iterator[Finding]:
    """Five sources; some answers end early, and the limit cuts others."""
    for max_len in (5, 3):
        yield from decoding_is_right(student, script(rng, 5, max_len), max_len)


@check("A3.9", title="It learns to reverse")
def learns_to_reverse(
    student: Student, clean_room: Asks, gates: Gates
) -> Iterator[Finding]:
    """4,000 pairs of 1 to 4 symbols; judged by what the trained model writes."""
    yield gates["reversal"].decide(
        lambda run: reversal_accuracy(student, clean_room, run),
        fix="Check that the decoder starts from the encoder's state, and that both"
        " have the number of units that was asked for.",
    )
