from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graders.errors import UsageError
from graders.ledger import Ledger, adjust, decide, open_drafts, set_groups
from graders.regrade import rescore
from graders.review.counting import draft_moves, make_count
from graders.review.ordering import Shard
from graders.review.selection import Selection
from graders.review.session import Review
from tests.stand_ins.ledgers import contents
from tests.stand_ins.reviewing import BY, a_class, a_review, a_rubric, grade_one

CLASS = ("student_a", "student_b", "student_c", "student_d")


@pytest.fixture
def filled(sqlite):
    return a_class(sqlite, *CLASS)


def drafts(ledger, who=None):
    found = ledger.read(lambda c: open_drafts(c, BY.assignment, who or ledger.who))
    return {place: (one.points, one.reason) for place, one in found.items()}


def places(review):
    return [(case.item, case.owner) for case in review.cases]


def test_a_decision_is_a_draft_at_once_and_the_next_case_comes(filled):
    review = a_review(filled)
    first = review.current

    assert review.decide(7)

    assert drafts(filled) == {(first.owner, "A9.M1"): (7, "what and why")}
    assert review.current.item == "A9.M1"
    assert review.current.owner != first.owner
    assert contents(filled, "adjustments") == {"adjustments": []}


def test_whoever_comes_back_goes_on_where_they_were(filled):
    review = a_review(filled)
    review.decide(7)
    review.show()
    review.skip()
    review.show()
    review.decide(4)

    again = a_review(filled)

    assert places(again) == places(review)
    assert again.index == 1
    assert str(again.progress()) == "2 of 8 decided"


def test_free_points_and_a_comment_are_kept_in_words(filled):
    review = a_review(filled)
    student = review.current.owner

    review.decide(6.5, comment=" two figures are missing ")

    assert drafts(filled) == {
        (student, "A9.M1"): (6.5, "reviewed; two figures are missing")
    }


@pytest.mark.parametrize("points", [-1, 9.5, float("nan"), float("inf")])
def test_points_that_cannot_be_had_are_refused(filled, points):
    review = a_review(filled)

    with pytest.raises(UsageError, match="is not from 0 to 9"):
        review.decide(points)

    assert drafts(filled) == {}


def test_points_in_place_of_others_need_a_reason(sqlite):
    grade_one(sqlite, "student_a", broken="bias")
    review = a_review(sqlite)

    with pytest.raises(UsageError, match="points in place of others need a reason"):
        review.decide(10, " ")
    review.decide(10, "the seed was bad")

    assert drafts(sqlite) == {("student_a", "A9.2"): (10, "the seed was bad")}


def test_reasons_are_offered_again_the_last_one_first(sqlite):
    for name in CLASS[:3]:
        grade_one(sqlite, name, broken="bias")
    review = a_review(sqlite)
    for reason in ("a bad seed", "an axis", "a bad seed"):
        review.decide(10, reason)
        review.show()
    review.decide(7)  # words of the rubric are no reason to be offered

    assert review.reasons() == ["a bad seed", "an axis"]


def test_a_skipped_case_comes_again_at_the_end(filled):
    review = a_review(filled, item="A9.M1")
    skipped = review.current
    review.skip()
    while review.show():
        review.decide(9)
    review.next_open(start=0)

    assert review.current == skipped
    assert (review.progress().decided, review.progress().total) == (3, 4)


def test_back_goes_to_what_was_decided_and_other_points_take_its_place(filled):
    review = a_review(filled)
    review.decide(7)
    review.back()
    review.show()

    review.decide(4)

    assert list(drafts(filled).values()) == [(4, "what, and not why")]


def test_a_draft_is_taken_back(filled):
    review = a_review(filled)
    nothing = review.take_back()
    review.decide(7)
    review.back()

    assert (nothing, review.take_back()) == (False, True)
    assert drafts(filled) == {}


def test_a_comment_joins_a_draft_that_is_there(filled):
    review = a_review(filled)
    nothing = review.comment("good")
    review.decide(7)
    review.back()

    assert (nothing, review.comment("good")) == (False, True)
    assert list(drafts(filled).values()) == [(7, "what and why; good")]


def test_a_jump_stays_with_the_item(filled):
    review = a_review(filled)
    review.decide(9)

    assert review.jump("STUDENT_C")
    assert (review.current.owner, review.current.item) == ("student_c", "A9.M1")
    assert not review.jump("student_z")
    assert not review.jump(" ")


def test_nothing_is_undone_where_nothing_was_decided(filled):
    assert not a_review(filled).undo()


def test_anonymous_students_are_numbers_wherever_they_are_told(filled):
    review = a_review(filled, anonymous=True)
    label = review.label(review.current)
    number = label.removeprefix("student ")
    review.decide(9)
    notice = review.notice

    assert number.isdecimal()
    assert notice == f"{label}: 9"
    assert review.jump(number)
    assert label in {
        one.label for one in draft_moves(filled, review.graded, review.selection)
    }


def test_the_time_left_is_told_once_the_pace_is_known(filled):
    clock = SimpleNamespace(now=0.0)
    review = a_review(filled, clock=lambda: clock.now)
    told = []
    for seconds in (50, 60, 5000, 60):
        told.append(str(review.progress()))
        clock.now += seconds
        review.decide(3, "")
        review.show()

    assert told == [
        "0 of 8 decided",
        "1 of 8 decided",
        "2 of 8 decided",
        "3 of 8 decided, about 5 minutes left",
    ]
    assert str(review.progress()) == "4 of 8 decided, about 4 minutes left"


def test_members_of_a_group_get_the_same_draft(sqlite):
    a_class(sqlite, "group_1")
    set_groups(sqlite, BY.assignment, {"group_1": ["student_a", "student_b"]}, "said")
    review = a_review(sqlite)
    label = review.label(review.current)
    review.decide(7)
    both = drafts(sqlite)
    review.undo()

    assert label == "group_1 (student_a, student_b)"
    assert set(both) == {("student_a", "A9.M1"), ("student_b", "A9.M1")}
    assert drafts(sqlite) == {}


def test_an_item_that_there_is_not_is_refused_with_the_nearest(filled):
    with pytest.raises(UsageError, match=r"Did you mean 'A9\.M1'\?"):
        a_review(filled, item="A9.M1x")


def test_a_student_that_there_is_not_is_refused(filled):
    with pytest.raises(UsageError, match="nobody called 'student_z'"):
        a_review(filled, student="student_z")


def test_shards_of_a_queue_are_all_of_it(filled):
    whole = set(places(a_review(filled)))

    parts = [set(places(a_review(filled, shard=Shard(number=n, of=2)))) for n in (1, 2)]

    assert parts[0] | parts[1] == whole
    assert not parts[0] & parts[1]


class TestAChangedGround:
    @pytest.fixture
    def near(self, sqlite):
        """A class with points to be looked at, since marks are near 15."""
        grade_one(sqlite, "student_a", failed="sizes")
        return a_review(sqlite, near=(15,))

    def regrade(self, ledger):
        made = rescore(ledger, a_rubric(2, points="8 2 5 5"), reason="sizes are easy")
        decide(ledger, made.proposal, accepted=True, reason="agreed")

    def test_a_draft_on_it_is_open_again_and_says_why(self, sqlite, near):
        near.decide(5, "an axis")
        self.regrade(sqlite)

        again = a_review(sqlite)

        (case,) = [one for one in again.cases if one.item == "A9.1"]
        assert again.is_open(case)
        assert again.doubts(case) == ["the points by checks were 4, and are 2"]

    def test_what_changed_while_it_was_shown_is_not_decided(self, sqlite, near):
        self.regrade(sqlite)

        assert not near.decide(5, "an axis")
        assert drafts(sqlite) == {}
        near.show()
        assert near.notice == (
            "Meanwhile: the points by checks were 4, and are 2."
            " student_a needs nothing any more."
        )

    def test_what_somebody_else_has_settled_is_passed_over(self, filled, other):
        review, theirs = a_review(filled), a_review(other)
        student = review.current.owner
        theirs.jump(student)
        theirs.show()
        theirs.decide(4)
        moves = draft_moves(other, theirs.graded, theirs.selection)
        make_count(other, theirs.graded, moves)

        assert not review.decide(9)
        review.show()

        assert review.notice == (
            f"Meanwhile: other_ta gave 4. {student} needs nothing any more."
        )
        assert review.current.owner != student
        assert ("A9.M1", student) not in places(review)

    def test_all_that_others_have_settled_is_told_in_one_sentence(self, filled, other):
        review, theirs = a_review(filled), a_review(other)
        while theirs.show():
            theirs.decide(3)
        moves = draft_moves(other, theirs.graded, theirs.selection)
        make_count(other, theirs.graded, moves)

        assert review.show() is None
        assert review.notice == "8 need nothing any more: others were at work."
        assert review.progress().total == 0

    def test_a_draft_beside_that_of_another_reviewer_is_no_ones_loss(
        self, filled, other
    ):
        mine, theirs = a_review(filled), a_review(other)
        student = mine.current.owner
        theirs.jump(student)
        theirs.show()
        theirs.decide(4)

        assert mine.others(mine.current) == ["other_ta"]
        mine.decide(9)

        assert drafts(filled) == {(student, "A9.M1"): (9, "clear")}
        assert drafts(other) == {(student, "A9.M1"): (4, "what, and not why")}

    def test_a_draft_in_doubt_that_is_taken_back_leaves_nothing_open(
        self, filled, other
    ):
        review = a_review(filled, student="student_a", item="A9.M1")
        review.decide(9)
        adjust(
            *(other, BY.assignment, "student_a", "A9.M1", 4),
            over_points=None,
            reason="read",
        )
        again = a_review(filled, student="student_a", item="A9.M1")
        before = str(again.progress())
        again.take_back()

        assert (before, str(again.progress())) == ("0 of 1 decided", "1 of 1 decided")

    def test_a_draft_in_doubt_does_not_come_back_by_undo_as_if_it_were_sound(
        self, sqlite, near
    ):
        near.decide(5, "an axis")
        self.regrade(sqlite)
        again = a_review(sqlite, student="student_a", item="A9.1")
        again.decide(3, "a smaller axis")

        again.undo()

        assert drafts(sqlite) == {}

    def test_a_comment_makes_no_draft_sound(self, sqlite, near):
        near.decide(5, "an axis")
        self.regrade(sqlite)
        again = a_review(sqlite, student="student_a", item="A9.1")

        assert not again.comment("still")


def model_of(steps, review, ledger):
    """Does some steps; yields what the drafts should be after each decision."""
    stack = [drafts(ledger)]
    for name, points in steps:
        at_end = review.show() is None
        case = review.current
        if name == "decide" and not at_end:
            review.decide(points)
            stack.append(drafts(ledger))
        elif name == "drop" and not at_end and review.take_back():
            assert (case.owner, case.item) not in drafts(ledger)
            stack.append(drafts(ledger))
        elif name == "undo":
            assert review.undo() == (len(stack) > 1)
            if len(stack) > 1:
                stack.pop()
        elif name in ("skip", "back"):
            getattr(review, name)()
        assert drafts(ledger) == stack[-1]
    return stack


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["decide", "decide", "undo", "skip", "back", "drop"]),
        st.sampled_from([0, 3, 1.5, 2]),
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def graded_file(template_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("graded") / "ledger.sqlite3"
    path.write_bytes(template_file.read_bytes())
    with Ledger(f"sqlite:///{path}", "grader") as ledger:
        a_class(ledger, *CLASS[:2])
    return path


@given(steps=STEPS)
@settings(max_examples=15, deadline=None)
def test_undo_goes_back_over_every_decision_one_by_one(
    steps, graded_file, tmp_path_factory
):
    path = tmp_path_factory.mktemp("undo") / "ledger.sqlite3"
    path.write_bytes(graded_file.read_bytes())
    with Ledger(f"sqlite:///{path}", "ta") as ledger:
        review = Review(ledger, BY.assignment, Selection(), lambda: 0.0)
        stack = model_of(steps, review, ledger)

        while len(stack) > 1:
            stack.pop()
            assert review.undo()
            assert drafts(ledger) == stack[-1]

        assert drafts(ledger) == {}
        assert not review.undo()
