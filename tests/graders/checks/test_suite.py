import pytest

from graders.checks import load_suite
from graders.errors import AssignmentError
from tests.stand_ins.small_assignment import small_assignment


@pytest.fixture(scope="module")
def suite(assignment):
    return assignment.suite


def test_a_suite_that_is_not_there_is_the_assignments_error():
    with pytest.raises(AssignmentError) as caught:
        load_suite("assignment99")

    assert caught.value.what == "there is no suite 'assignment99'"
    assert caught.value.fix == "Add a package of that name, with public.py in it."


def test_only_the_public_group_is_not_hidden(suite):
    hidden = {
        group: {check.hidden for check in checks}
        for group, checks in suite.groups.items()
    }

    assert hidden == {group: {group != "public"} for group in suite.groups}
    assert suite.has_hidden


def test_no_two_checks_have_the_same_id(suite):
    ids = [check.id for checks in suite.groups.values() for check in checks]

    assert len(ids) == len(set(ids))


def test_every_check_has_a_title_and_says_what_it_is_given(suite):
    for checks in suite.groups.values():
        for check in checks:
            assert check.title[:1].isupper() or check.title.startswith(
                ("sobel", "blur", "laplace", "uint8")
            )
            assert check.function.__doc__, check.id


def test_what_a_check_needs_comes_before_it_in_the_same_group(suite):
    for checks in suite.groups.values():
        ids = [check.id for check in checks]
        for index, check in enumerate(checks):
            assert set(check.needs) <= set(ids[:index]), check.id


def test_every_parameter_of_a_check_is_known(suite):
    known = {"student", "clean_room", "gates", "rng", "seed", *suite.fixtures}

    for checks in suite.groups.values():
        for check in checks:
            code = check.function.__code__
            assert set(code.co_varnames[: code.co_argcount]) <= known, check.id


def test_every_misconception_belongs_to_a_task_and_has_a_mutant(suite):
    tasks = {check.task for checks in suite.groups.values() for check in checks}

    for misconception in suite.catalogue.values():
        assert misconception.task in tasks, misconception.id
        assert (suite.folder / "mutants" / misconception.mutant).is_file()


def test_the_hash_of_a_suite_is_the_same_every_time(suite):
    again = load_suite(suite.name)

    assert again.sha256 == suite.sha256
    assert len(suite.sha256) == 64


@pytest.mark.parametrize(
    ("file", "changes"),
    [
        ("reference.py", False),
        ("valid_calls.py", False),
        ("public.py", True),
        ("oracle.py", True),
        ("misconceptions.yaml", True),
    ],
)
def test_a_suite_is_another_if_a_file_that_checks_use_is_another(
    tmp_path, file, changes
):
    suite = small_assignment(tmp_path).suite
    path = suite.folder / file
    path.write_text(f"{path.read_text()}\n# another line\n")

    assert (load_suite(suite.name).sha256 != suite.sha256) is changes
