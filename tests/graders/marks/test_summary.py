from graders.ledger import adjust, hand_in, start_run
from graders.marks import ClassMarks, Spread, Tally
from tests.stand_ins.ledgers import submission
from tests.stand_ins.marks import at
from tests.stand_ins.regrading import grade_class, late_policy, rubric

BY = rubric(policy=late_policy())


def summary(ledger):
    tally = Tally()
    with ledger.reading() as connection:
        list(tally.of(ClassMarks(connection, BY.assignment, BY)))
    return tally.summary()


def test_marks_of_a_class_are_summed_up(ledger):
    late = {"student_c": at("2026-10-10 12:00")}
    grade_class(
        ledger, BY, {"student_a": "", "student_b": "sizes", "student_c": "bias"}, late
    )

    found = summary(ledger)

    assert (found.num_students, found.num_marked, found.max_points) == (3, 3, 30)
    assert found.marks == Spread(mean=15.83, quartiles=(13.5, 13.75, 14, 17, 20))
    assert (found.num_late, found.num_waiting) == (1, 3)
    assert (found.num_undecided, found.num_flagged) == (0, 0)
    first, second = found.items  # none waits for a person
    assert (first.id, first.title, first.max_points) == ("A9.1", "Task 1", 10)
    assert (first.count, first.mean, first.full) == (3, 8, 0.6667)
    assert second.mean == 8.33


def test_points_that_a_person_gave_are_among_them(ledger):
    grade_class(ledger, BY, {"student_a": "", "student_b": ""})
    adjust(ledger, BY.assignment, "student_a", "A9.M1", 10, over_points=None, reason="")
    adjust(ledger, BY.assignment, "student_b", "A9.1", 3, over_points=7, reason="")

    found = summary(ledger)

    assert (found.num_waiting, found.num_flagged) == (1, 1)
    assert [(item.id, item.count, item.full) for item in found.items] == [
        ("A9.1", 2, 0.5),
        ("A9.2", 2, 1),
        ("A9.M1", 1, 1),
    ]


def test_who_has_no_mark_is_counted_and_no_more(ledger):
    run = start_run(ledger, "batch", BY.assignment, {})
    hand_in(ledger, BY.assignment, [submission("student_d")], run)

    found = summary(ledger)

    assert (found.num_students, found.num_marked) == (1, 0)
    assert (found.marks, found.items) == (None, ())


def test_one_mark_is_all_of_its_quartiles():
    assert Spread.of([7]) == Spread(mean=7, quartiles=(7, 7, 7, 7, 7))
