"""What the checks of A1.8 share: vectorizers, and the batches of a data set."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from graders.checks import Student, Verdict, close, failed, holds
from graders.checks import is_array as array
from graders.records import Finding
from graders.suites.assignment1_tokenization import given
from graders.suites.assignment1_tokenization.forms import is_object
from graders.wire import Opaque

SEQ_LEN = 6
LESSON = (
    "the robot learns",
    "the robot learns from text",
    "the model counts words and the robot reads",
    "words become numbers",
)


def made_vectorizer(
    student: Student, texts: Sequence[str], max_tokens: int, seq_len: int
) -> Any:
    """The student's own vectorizer, as a handle."""
    handle = student.make_vectorizer(list(texts), max_tokens, seq_len)
    finding = is_object(
        handle, "`make_vectorizer`", misconception="adapt_result_returned"
    )
    if finding.what:
        raise Verdict(finding)
    return handle


def given_vectorizer(student: Student) -> Any:
    """A vectorizer that has learned the words of LESSON, whatever the student's is."""
    handle = student.use(
        given.word_vectorizer, list(LESSON), 40, SEQ_LEN, of="The given vectorizer"
    )
    if not isinstance(handle, Opaque):
        raise Verdict(failed("The given vectorizer cannot be made."))
    return handle


def given_ids(student: Student, vectorizer: Any, texts: Sequence[str]) -> list[Any]:
    """What a given vectorizer makes of some texts, a list of ints for each."""
    ids = ids_of(student, vectorizer, texts)
    finding = array(ids, (len(texts), SEQ_LEN), of="The given vectorizer", kinds="iu")
    if finding.what:
        raise Verdict(finding)
    return ids.tolist()


def ids_of(student: Student, vectorizer: Any, texts: Sequence[str]) -> Any:
    """What a vectorizer makes of some texts, still to be checked."""
    return student.use(
        given.ids_of_texts,
        vectorizer,
        list(texts),
        of="What `make_vectorizer` returned, called on a tensor of texts,",
    )


def ids_are_right(
    student: Student,
    vectorizer: Any,
    *,
    known: Sequence[str],
    texts: Sequence[str],
    seq_len: int,
    misconception: str | None = None,
) -> Iterator[Finding]:
    """Known words have ids of their own from 2 on; all others are 1, padding is 0.

    Args:
        student: the proxy.
        vectorizer: the handle.
        known: the words that must be known.
        texts: plain texts of known and unknown words.
        seq_len: T.
        misconception: what it is if ids are wrong.
    """
    of = "The vectorizer"
    words = ids_of(student, vectorizer, known)
    yield array(
        words,
        (len(known), seq_len),
        of=of,
        axes="B T",
        kinds="iu",
        shape_suspects=[("length_forgotten", (len(known), 1))],
        fix="Check output_mode, and the length of the rows.",
    )
    yield holds(
        not words[:, 1:].any(),
        f"{of} gives several ids for one word.",
        fix="One id is to stand for one word.",
        misconception="characters_not_words",
    )
    ids = words[:, 0]
    yield holds(
        len(set(ids.tolist())) == len(known) and int(ids.min()) >= 2,
        f"{of} does not give each known word an id of its own, from 2 on.",
        fix="0 stands for padding and 1 for unknown words.",
        misconception=misconception,
    )
    table = dict(zip(known, ids.tolist(), strict=True))
    rows = [[table.get(w, 1) for w in text.split()][:seq_len] for text in texts]
    longest = max(len(text.split()) for text in texts)
    yield close(
        ids_of(student, vectorizer, texts),
        np.array([row + [0] * (seq_len - len(row)) for row in rows]),
        of=of,
        axes="B T",
        shape_suspects=[("length_forgotten", (len(texts), longest))],
        fix="Unknown words are 1; what is left at the end of a row is 0.",
    )


def batches_of(
    student: Student, texts: list[str], labels: np.ndarray, vectorizer: Any, batch: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The student's data set as batches of ids and labels, of the right form."""
    of = "`text_dataset`"
    dataset = student.text_dataset(texts, labels, vectorizer, batch)
    rows = student.use(
        given.list_of_batches, dataset, of="Going through what `text_dataset` returned"
    )
    if not isinstance(rows, list) or not rows:
        raise Verdict(
            failed(
                f"{of} returned no tf.data.Dataset with at least one batch.",
                fix="Return the data set itself.",
            )
        )
    batches = []
    for row in rows:
        findings = _batch_has_form(row, batch)
        problem = next((finding for finding in findings if finding.what), None)
        if problem:
            raise Verdict(problem)
        batches.append((row[0], row[1]))
    return batches


def _batch_has_form(row: Any, batch: int) -> Iterator[Finding]:
    """(B, T) and (B,), both ints, and B not above the size of a batch."""
    of = "`text_dataset`"
    if not (isinstance(row, list) and len(row) == 2):
        yield failed(f"{of} gives no pairs.", fix="Yield `(ids, labels)`.")
        return
    ids, labels = row
    if not isinstance(ids, np.ndarray) or ids.dtype.kind == "U":
        yield failed(
            f"{of} gives something else than ids in its batches.",
            misconception="texts_not_ids",
        )
        return
    if ids.ndim == 1 and isinstance(labels, np.ndarray) and labels.ndim == 0:
        yield failed(
            f"{of} gives one text at a time.", misconception="dataset_not_batched"
        )
        return
    yield array(ids, of=f"ids of {of}", kinds="iu")
    yield array(ids, (*ids.shape[:1], SEQ_LEN), of=f"ids of {of}", axes="B T")
    yield array(labels, ids.shape[:1], of=f"labels of {of}", axes="B", kinds="iu")
    yield holds(
        len(ids) <= batch,
        f"{of} gives more texts in a batch than asked for.",
        fix="Use the argument `batch`.",
    )
