import hashlib

import pytest

from graders.validation.solutions import (
    Role,
    catalogue_mutants,
    reference_of,
    right_solutions,
    stub_of,
    text_of,
)
from tests.stand_ins.small_assignment import small_assignment


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return small_assignment(tmp_path_factory.mktemp("project"))


def test_right_solutions_are_the_reference_and_the_wheats(small):
    found = right_solutions(small)

    assert [one.name for one in found] == ["reference.py", "wheats/loops.py"]
    assert {one.role for one in found} == {Role.RIGHT}
    assert found[0].source == reference_of(small)
    assert "for column in range" in found[1].source


def test_the_stub_is_made_anew_and_is_the_one_that_students_have(small):
    stub = stub_of(small)

    assert (stub.name, stub.role) == ("scaling.py", Role.STUB)
    assert stub.source == text_of(small.listing.folder / "scaling.py")
    assert "np.std" not in stub.source


def test_a_mistake_of_the_catalogue_is_put_into_the_reference(small):
    (found,) = catalogue_mutants(small)

    assert (found.name, found.role) == ("mutants/wrong_axis.py", Role.CATALOGUE)
    assert found.task == small.rubric.tasks[0].id
    assert found.misconception == "wrong_axis"
    assert "axis=1" in found.source
    assert "axis=0" not in found.source


def test_a_solution_is_handed_in_under_the_name_that_students_use(small):
    solution = right_solutions(small)[1]

    submission = solution.submission("scaling.py")

    assert (submission.student, submission.filename) == (solution.name, "scaling.py")
    assert submission.sha256 == hashlib.sha256(solution.source.encode()).hexdigest()


def test_a_file_that_is_not_there_has_no_text(tmp_path):
    assert text_of(tmp_path / "nothing.md") == ""
