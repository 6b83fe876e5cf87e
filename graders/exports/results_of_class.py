"""Gradescope's `results.json` for each student of a class that is graded already."""

from collections.abc import Iterable

from graders.exports.changes import Export
from graders.exports.class_to_export import ClassToExport
from graders.exports.gradescope import render_results
from graders.marks import StudentMark
from graders.records import Record


def export_gradescope(
    the_class: ClassToExport, records: Iterable[tuple[StudentMark, Record]]
) -> Export:
    """A file for each student, `STUDENT/results.json`.

    `extra_data` says whose submission it is to Gradescope, where that is known.
    """
    files = {}
    for one, record in records:
        known = the_class.identities.get(one.student, {}).get("gradescope", {})
        files[f"{one.student}/results.json"] = render_results(
            record,
            the_class.graded.rubric,
            one.mark,
            facts={"student": one.student, "gradescope": dict(known)},
        )
    return Export(files=files, num_written=len(files), held_back=the_class.held_back)
