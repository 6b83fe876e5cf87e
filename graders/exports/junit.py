"""JUnit XML of a class, for what reads test results: one suite per student.

It is for teachers: it names hidden checks, though not what they asked.
"""

from collections.abc import Iterable

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from graders.exports.changes import Export
from graders.exports.class_to_export import ClassToExport
from graders.marks import StudentMark
from graders.records import Finding, Mark, MarkedItem, Outcome, Record
from graders.reports.wording import points, shown_printed, shown_what, visible

_MOST_CHARACTERS = 8000


def export_junit(
    the_class: ClassToExport, records: Iterable[tuple[StudentMark, Record]]
) -> Export:
    """The file: failed is a failure, broken an error, what was not run is skipped."""
    marks = {one.student: one.mark for one in the_class.marked}
    xml, num_written = JUnitXml(legal(the_class.graded.name)), 0
    for one, record in records:
        xml.add_testsuite(_suite(record, marks[one.student]))
        num_written += 1
    content: bytes = xml.tostring()
    return Export(
        content=content, num_written=num_written, held_back=the_class.held_back
    )


def legal(text: str) -> str:
    """Text that XML can hold: its other signs would make the whole file unreadable.

    >>> legal("a\\x00b\\uffff<")
    'a�b�<'
    """
    return visible(text[:_MOST_CHARACTERS])


def _suite(record: Record, mark: Mark) -> TestSuite:
    suite = TestSuite(legal(record.student))
    suite.add_property("score", points(mark.points))
    suite.add_property("max_score", points(mark.max_points))
    suite.add_property("submission", record.key.submission)
    suite.add_property("suite", record.key.suite)
    suite.add_testcases(list(map(_case, record.findings)))
    suite.add_testcases([_manual(item) for item in mark.items if item.manual])
    return suite


def _case(finding: Finding) -> TestCase:
    case = TestCase(legal(finding.title), classname=legal(finding.check))
    if finding.outcome is not Outcome.PASSED:
        what = legal(shown_what(finding))
        result = {
            Outcome.FAILED: Failure,
            Outcome.BROKEN: Error,
            Outcome.BLOCKED: Skipped,
        }[finding.outcome](what.splitlines()[0] if what else "")
        result.text = legal("\n".join(filter(None, (what, finding.where, finding.fix))))
        case.result = [result]
    if printed := shown_printed(finding):
        case.system_out = legal(printed)
    return case


def _manual(item: MarkedItem) -> TestCase:
    case = TestCase(legal(item.title), classname=legal(item.id))
    if item.waiting:
        case.result = [Skipped("Waits for a person.")]
    else:
        case.system_out = f"{points(item.points)} of {points(item.max_points)} points"
    return case
