"""A grading → pictures of what its public checks asked and were answered.

A picture is recognised by the form of a question and its answer, not by the name of an
assignment, so a new one has pictures without asking for them. Of hidden checks nothing
is drawn, whoever may see their findings: their inputs and labels stay hidden for ever.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from graders.records import Ending, Observation, Record
from graders.reports.pages.asking import Asked
from graders.reports.pages.classes import confusion, label_counts
from graders.reports.pages.curves import learning_curves, low_data_curves
from graders.reports.pages.images import image_pairs
from graders.reports.pages.matrices import kernels, maps, rows_of_ids, states
from graders.reports.pages.picture import Picture

_MOST = 12
_FORMS: Sequence[Callable[[Asked], Picture | None]] = (
    learning_curves,
    confusion,
    kernels,
    maps,
    image_pairs,
    states,
    rows_of_ids,
    low_data_curves,
    label_counts,
)


def pictures(record: Record) -> list[Picture]:
    """What there is to look at, in the order of the checks.

    Args:
        record: with the observations that were kept of its public checks; those of
            others are passed over.
    """
    asked: dict[str, list[Observation]] = defaultdict(list)
    for seen in record.observations:
        if seen.answer.ending is Ending.RETURNED:
            asked[seen.check].append(seen)
    found = [
        replace(picture, about=finding.title)
        for finding in record.findings
        if not finding.hidden and finding.check in asked
        for form in _FORMS
        if (picture := form(asked[finding.check])) is not None
    ]
    return found[:_MOST]
