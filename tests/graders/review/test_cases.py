import pytest

from graders.ledger import adjust, set_groups
from graders.marks import find_graded
from graders.review.cases import Nearness, Why, read_cases
from tests.stand_ins.reviewing import BY, a_class, grade_one

A, B = "student_a", "student_b"


def cases(ledger, near=(), **options):
    def read(connection):
        graded = find_graded(connection, BY.assignment)
        return read_cases(connection, graded, Nearness(boundaries=near), **options)

    return ledger.read(read)


def told(found):
    return [(case.item, *case.students, case.why) for case in found]


def give(ledger, student, item, points, over=None):
    adjust(
        *(ledger, BY.assignment, student, item, points),
        over_points=over,
        reason="I read it",
    )


def test_items_without_points_of_a_person_wait(sqlite):
    a_class(sqlite, A)

    assert told(cases(sqlite)) == [
        ("A9.M1", A, Why.MANUAL),
        ("A9.M2", A, Why.MANUAL),
    ]


def test_an_item_with_points_waits_no_more(sqlite):
    a_class(sqlite, A)
    give(sqlite, A, "A9.M1", 7)

    assert told(cases(sqlite)) == [("A9.M2", A, Why.MANUAL)]


def test_a_broken_check_waits_until_a_person_has_decided(sqlite):
    grade_one(sqlite, A, broken="bias")
    before = told(cases(sqlite))
    give(sqlite, A, "A9.2", 10, over=10)

    assert ("A9.2", A, Why.BROKEN) in before
    assert ("A9.2", A, Why.BROKEN) not in told(cases(sqlite))


def test_points_over_others_than_those_of_now_are_looked_at_again(sqlite):
    grade_one(sqlite, A, failed="sizes")
    give(sqlite, A, "A9.1", 8, over=10)

    (case, *_) = cases(sqlite)

    assert (case.item, case.why) == ("A9.1", Why.FLAGGED)
    assert (case.automatic, case.points, case.given.points) == (4, 8, 8)


def test_points_for_the_whole_leave_nothing_to_decide_until_the_ground_changes(sqlite):
    a_class(sqlite, A)
    give(sqlite, A, "", 25, over=20)
    settled = told(cases(sqlite))
    give(sqlite, A, "", 25, over=18)

    assert settled == []
    assert told(cases(sqlite)) == [("", A, Why.FLAGGED)]


@pytest.mark.parametrize(
    ("boundary", "items"),
    [(16, ["A9.1"]), (15, []), (18, []), (16.5, ["A9.1"])],
    ids=["below", "reached already", "too far away", "between two"],
)
def test_a_mark_just_below_a_boundary_is_looked_at_where_points_were_lost(
    sqlite, boundary, items
):
    grade_one(sqlite, A, failed="sizes")  # 14 of 20
    give(sqlite, A, "A9.M1", 1)
    give(sqlite, A, "A9.M2", 0)

    found = cases(sqlite, near=(boundary,))

    assert [case.item for case in found if case.why is Why.NEAR] == items


def test_what_a_person_has_given_does_not_come_back_for_being_near(sqlite):
    grade_one(sqlite, A, failed="sizes")
    give(sqlite, A, "A9.1", 4, over=4)

    found = cases(sqlite, near=(15,))

    assert Why.NEAR not in {case.why for case in found}


def test_an_item_that_could_carry_the_mark_over_a_boundary_is_marked_so(sqlite):
    a_class(sqlite, A)

    near = {case.item: case.near for case in cases(sqlite, near=(22, 28))}

    assert near == {"A9.M1": 22, "A9.M2": 22}


def test_members_of_a_group_are_decided_about_together(sqlite):
    a_class(sqlite, "group_1")
    set_groups(sqlite, BY.assignment, {"group_1": [A, B]}, "they said so")

    found = cases(sqlite)

    assert [(case.owner, case.students) for case in found] == [
        ("group_1", (A, B)),
        ("group_1", (A, B)),
    ]


def test_a_member_with_points_of_their_own_is_decided_about_alone(sqlite):
    a_class(sqlite, "group_1")
    set_groups(sqlite, BY.assignment, {"group_1": [A, B]}, "they said so")
    give(sqlite, A, "A9.M1", 7)

    assert [(case.item, case.students) for case in cases(sqlite)] == [
        ("A9.M2", (A, B)),
        ("A9.M1", (B,)),
    ]


def test_what_somebody_has_in_mind_is_listed_though_nothing_waits(sqlite):
    a_class(sqlite, A)

    found = cases(sqlite, drafted={(A, "A9.1")})

    assert ("A9.1", A, Why.DRAFTED) in told(found)
