import pytest

from graders.errors import UsageError
from graders.ledger import decide
from graders.marks import find_graded
from graders.regrade import rescore
from tests.stand_ins.regrading import grade_class, rubric

BY = rubric()


def found(ledger, name):
    return ledger.read(lambda connection: find_graded(connection, name))


@pytest.mark.parametrize("name", ["assignment9_small", "assignment9"])
def test_an_assignment_is_found_by_the_names_of_its_stored_rubric(ledger, name):
    grade_class(ledger, BY, {"student_a": ""})

    assert found(ledger, name).rubric == BY
    assert found(ledger, name).name == "assignment9_small"


def test_the_rubric_is_the_one_that_was_accepted_last(ledger):
    grade_class(ledger, BY, {"student_a": ""})
    after = rubric(2, "8 2 5 5")
    proposal = rescore(ledger, after, reason="").proposal

    assert found(ledger, "assignment9").row.version == 1
    decide(ledger, proposal, accepted=True, reason="")
    assert found(ledger, "assignment9").rubric == after


def test_what_was_not_graded_is_told_with_the_nearest_name(ledger):
    grade_class(ledger, BY, {"student_a": ""})

    with pytest.raises(UsageError) as near:
        found(ledger, "asignment9")
    with pytest.raises(UsageError) as far:
        found(ledger, "rnn")

    assert near.value.fix == "Did you mean 'assignment9'?"
    assert far.value.fix == "Grade it first: `grade batch rnn FOLDER`."
