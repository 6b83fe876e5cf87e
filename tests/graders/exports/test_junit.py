import xml.etree.ElementTree as ET
from dataclasses import replace

from graders.exports.junit import export_junit
from graders.records import Outcome
from tests.stand_ins import regrading


def exported(made, **parts):
    records = [
        (one.own, replace(record_of(one.student, **parts), student=one.student))
        for one in made.marked
    ]
    return export_junit(made, records)


def record_of(student, **outcomes):
    record = regrading.graded(regrading.rubric(manual=[]), "", "0" * 16).record
    findings = tuple(
        replace(found, outcome=outcome, what=f"\x00\ufffe\x1b <{outcome}> ]]>")
        if (outcome := outcomes.get(found.check.rpartition(".")[2]))
        else found
        for found in record.findings
    )
    return replace(record, findings=findings)


def test_a_reader_of_xml_finds_a_suite_per_student_and_each_outcome(the_class):
    made = the_class({"student_a": "", "student_b": ""})

    found = exported(
        made,
        sizes=Outcome.FAILED,
        shapes=Outcome.BROKEN,
        bias=Outcome.BLOCKED,
    )

    root = ET.fromstring(found.content)
    assert [suite.get("name") for suite in root] == ["student_a", "student_b"]
    first = root[0]
    counts = {key: first.get(key) for key in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "4", "failures": "1", "errors": "1", "skipped": "1"}
    failure = first.find("testcase/failure")
    assert failure.get("message") == "��� <failed> ]]>"
    assert first.find("properties/property[@name='score']").get("value") == "20"


def test_a_name_that_is_no_xml_does_not_make_the_file_unreadable(the_class):
    made = the_class({'a"<b>&\x1b': ""})

    root = ET.fromstring(exported(made).content)

    assert root[0].get("name") == 'a"<b>&�'


def test_an_item_that_waits_for_a_person_is_skipped(the_class):
    manual = [{"id": "A9.M1", "title": "The report", "points": 10}]
    made = the_class({"student_a": ""}, manual=manual)

    root = ET.fromstring(exported(made).content)

    case = root[0].find("testcase[@classname='A9.M1']")
    assert case.find("skipped").get("message") == "Waits for a person."
