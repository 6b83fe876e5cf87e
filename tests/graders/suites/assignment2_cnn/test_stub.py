"""The stub is made from the reference, gives nothing away, and gets zero."""

import pytest

from graders.authoring.stubbing import leaked_lines, make_stub
from graders.records import Outcome


@pytest.fixture(scope="module")
def stub(assignment):
    listing = assignment.listing
    return (listing.folder / listing.file).read_text("utf-8")


def test_the_stub_that_students_get_is_the_one_the_reference_gives(stub, reference):
    assert stub == make_stub(reference), "Run `make stubs`."


def test_no_line_of_a_solution_is_left_in_the_stub_or_the_handout(
    stub, reference, assignment
):
    handout = (assignment.listing.folder / "handout.md").read_text("utf-8")

    assert leaked_lines(reference, stub) == []
    assert leaked_lines(reference, handout) == []


def test_a_leak_would_be_noticed(stub, reference):
    line = "    return kh * kw * c_in * c_out + (c_out if bias else 0)\n"

    assert leaked_lines(reference, stub + line) == [line.strip()]


def test_the_stub_gets_zero_and_nothing_is_broken(stub, grade_text):
    record = grade_text(stub)

    outcomes = {finding.outcome for finding in record.findings}
    assert record.score.points == 0
    assert outcomes == {Outcome.FAILED, Outcome.BLOCKED}


def test_every_task_of_the_stub_says_where_it_is_taught(stub, grade_text, assignment):
    record = grade_text(stub)

    for task, item in zip(assignment.rubric.tasks, record.score.items, strict=True):
        first = item.findings[0]
        assert first.what.endswith("is not written yet.")
        assert first.fix in {f"Write it: {where}." for where in task.functions.values()}


def test_the_stub_imports_and_raises_in_every_function(stub):
    namespace = {}
    exec(compile(stub.replace("import keras", ""), "cnn.py", "exec"), namespace)
    names = [name for name, value in namespace.items() if hasattr(value, "__code__")]

    assert len(names) == 13
    for name in names:
        function = namespace[name]
        arguments = [None] * function.__code__.co_argcount
        with pytest.raises(NotImplementedError, match=f"{name}: see lesson L13"):
            function(*arguments)
