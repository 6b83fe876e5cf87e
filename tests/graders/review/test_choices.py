import pytest

from graders.marks import find_graded
from graders.review.cases import Nearness, read_cases
from graders.review.choices import choices
from tests.stand_ins.reviewing import BY, a_rubric, grade_one


@pytest.fixture
def case_of(sqlite):
    """A case of a rubric whose report has some levels."""

    def made(levels, points=9.0, **options):
        manual = [
            {"id": "A9.M1", "title": "Report", "points": points, "levels": levels}
        ]
        by = a_rubric().model_dump(by_alias=True)
        by["manual"], by["points"] = manual, 20 + points
        grade_one(sqlite, "student_a", by=type(BY).model_validate(by), **options)

        def read(connection):
            graded = find_graded(connection, BY.assignment)
            return read_cases(connection, graded, Nearness())

        return {case.item: case for case in sqlite.read(read)}

    return made


def keys(case):
    return [(one.key, one.points, one.words) for one in choices(case)]


def test_a_digit_is_the_number_of_points_where_that_can_be(case_of):
    case = case_of({0: "no", 4: "half", 9: "yes"})["A9.M1"]

    assert keys(case) == [("9", 9, "yes"), ("4", 4, "half"), ("0", 0, "no")]


def test_other_levels_are_counted_from_the_best_and_0_gives_nothing(case_of):
    case = case_of({0: "no", 2.5: "half", 10: "yes"}, points=10)["A9.M1"]

    assert keys(case) == [("1", 10, "yes"), ("2", 2.5, "half"), ("0", 0, "no")]


def test_0_never_gives_points(case_of):
    levels = {number / 2: f"level {number}" for number in range(1, 13)}
    case = case_of(levels)["A9.M1"]

    assert [one.key for one in choices(case)] == list("123456789")


def test_without_levels_all_or_nothing_has_a_key(case_of):
    case = case_of({}, points=12)["A9.M1"]

    assert keys(case) == [("1", 12, "all of it"), ("0", 0, "none of it")]


def test_over_points_by_checks_these_are_offered(case_of):
    case = case_of({}, broken="bias", failed="strides")["A9.2"]

    assert keys(case) == [
        ("1", 10, "all of it"),
        ("2", 5, "as the checks say"),
        ("0", 0, "none of it"),
    ]
