import random

import pytest

from tests.stand_ins.planted_copies import (
    ASSIGNMENTS,
    DISGUISES,
    half_copied,
    independent,
    stub,
)
from tests.stand_ins.similar import OTHER, OWN, compared, named, work

PAIR = frozenset(["student_a", "student_b"])


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_solutions_that_were_written_apart_are_not_named(assignment):
    found = compared(independent(assignment), [stub(assignment)])

    assert named(found) == set()


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguised_copy_is_named_and_no_other_pair(disguise):
    files = independent("3_rnn")
    original = "wheats/vectors"
    copy = DISGUISES[disguise](files[original], random.Random(3))

    found = compared({**files, "copy": copy}, [stub("3_rnn")])

    assert named(found) == {frozenset([original, "copy"])}


def test_a_file_that_is_half_a_copy_is_named_for_its_whole_functions():
    files = independent("3_rnn")
    other = files.pop("wheats/loops")
    copy = half_copied(files["wheats/vectors"], other, random.Random(3))

    found = compared({**files, "copy": copy}, [stub("3_rnn")], least=0.6)

    assert named(found) == {frozenset(["wheats/vectors", "copy"])}
    assert found.pairs[0].likeness < 0.6
    assert found.pairs[0].functions >= 2


def test_what_was_given_is_no_likeness():
    found = compared({"student_a": OWN, "student_b": OWN + "\n"}, [OWN])

    assert found.pairs == ()


def test_two_who_handed_in_the_stub_as_it_is_are_not_named():
    found = compared({"student_a": OWN, "student_b": OWN}, [OWN])

    assert found.pairs == ()


def test_what_most_of_the_class_have_is_no_likeness():
    files = {f"student_{number}": f"{OWN}# {number}\n" for number in range(24)}

    found = compared(files, common=0.5)

    assert found.pairs == ()
    assert found.num_common > 0


def test_the_same_passages_in_few_files_are():
    files = {"student_a": OWN, "student_b": f"{OWN}\n", "student_c": OTHER}

    found = compared(files)

    assert named(found) == {PAIR}
    assert found.pairs[0].likeness == pytest.approx(1)
    assert found.pairs[0].shares == (1, 1)


def test_members_of_a_group_are_not_compared_with_each_other():
    group = frozenset(["g1", "student_a", "student_b"])
    works = [
        work("student_a", OWN, persons=group),
        work("student_b", OWN, persons=group),
        work("g1", OWN, persons=group),
    ]

    assert compared(works).pairs == ()


def test_earlier_years_are_compared_with_this_one_and_not_with_each_other():
    works = [
        work("student_a", OWN),
        work("student_x", OWN, year="last"),
        work("student_y", OWN, year="last"),
    ]

    found = compared(works)

    assert named(found) == {
        frozenset(["student_a", "student_x"]),
        frozenset(["student_a", "student_y"]),
    }
    assert found.num_students == 1


def test_who_repeats_the_course_is_not_compared_with_their_own_file():
    works = [work("student_a", OWN), work("student_a", OWN, year="last")]

    assert compared(works).pairs == ()


def test_of_several_attempts_those_most_alike_are_shown():
    works = [
        work("student_a", OWN),
        work("student_b", OTHER),
        work("student_b", f"{OWN}\n", number=2, content="b2"),
    ]

    found = compared(works)

    assert [(pair.one.number, pair.other.number) for pair in found.pairs] == [(1, 2)]


def test_more_than_two_are_a_group():
    files = {f"student_{name}": f"{OWN}# {name}\n" for name in "abc"}

    found = compared({**files, "student_d": OTHER})

    (cluster,) = found.clusters
    assert [one.student for one in cluster.works] == sorted(files)
    assert (cluster.num_pairs, cluster.num_possible) == (3, 3)


def test_a_copy_that_does_not_parse_is_named():
    broken = OWN.replace(
        "nearest = table.argmin(axis=1)", "nearest = table.argmin(axis="
    )

    found = compared({"student_a": OWN, "student_b": broken, "student_c": OTHER})

    assert named(found) == {PAIR}
    assert [one.student for one in found.as_words] == ["student_b"]


def test_two_files_that_no_parser_reads_are_compared_by_words():
    words = "\n".join(f"{line} ;(" for line in OWN.splitlines())

    found = compared({"student_a": words, "student_b": words.replace("rows", "lines")})

    assert named(found) == {PAIR}


def test_lines_that_say_the_same_are_told_with_each_other():
    copy = "\n\n" + OWN.replace("squares", "quads")

    (pair,) = compared({"student_a": OWN, "student_b": copy}).pairs

    first = pair.matches[0]
    assert (first.one.name, first.other.name) == ("distances", "distances")
    same = {line.number: line.same for line in first.one.lines if line.same}
    assert same[8] == 10
    assert all(other == own + 2 for own, other in same.items())


def test_two_tiny_files_are_no_hint():
    text = "def f(a, b):\n    return a.sum() + b.mean() * 3\n"

    found = compared({"student_a": text, "student_b": text.replace("a", "z")})

    assert found.pairs == ()


def test_a_class_of_none_or_one_has_no_pair():
    assert compared({}).pairs == ()
    assert compared({"student_a": OWN}).pairs == ()


def test_the_same_comparison_comes_to_the_same():
    files = {**independent("4_finetuning"), "student_a": OWN, "student_b": OWN}

    assert compared(files, least=0.05) == compared(files, least=0.05)
