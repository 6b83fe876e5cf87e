from tests.stand_ins.similar import OTHER, OWN, compared, named

PAIR = frozenset(["student_a", "student_b"])
REMARKS = "# all good things come\n# in threes or in fours\n# says my grandmother\n"
TABLE = "WEIGHTS = [0.13, 0.71, -1.2, 0.4, 0.9, 1.1, -0.6, 2.2]\n"


def many(count=20):
    """Files of others, each unlike any other."""
    return {
        f"student_{number}": f"def f(a):\n    return a + {number}\n"
        for number in range(count)
    }


def test_the_same_file_is_told():
    (pair,) = compared({"student_a": OWN, "student_b": OWN}).pairs

    assert [one.kind for one in pair.shared] == ["comment", "file", "text", "text"]


def test_three_comments_that_nobody_else_wrote_are_a_hint():
    found = compared({"student_a": OWN + REMARKS, "student_b": OTHER + REMARKS})

    assert named(found) == {PAIR}
    assert found.pairs[0].likeness < 0.2
    assert [one.text for one in found.pairs[0].shared if one.kind == "comment"] == [
        "all good things come",
        "in threes or in fours",
        "says my grandmother",
    ]


def test_two_comments_are_none():
    two = "\n".join(REMARKS.splitlines()[:2]) + "\n"

    assert compared({"student_a": OWN + two, "student_b": OTHER + two}).pairs == ()


def test_comments_of_the_handout_are_none_even_cut_short():
    handout = (
        "# all good things come in pairs\n# in threes or in fours, too\n" + REMARKS
    )

    found = compared(
        {"student_a": OWN + REMARKS, "student_b": OTHER + REMARKS}, [handout]
    )

    assert found.pairs == ()


def test_what_more_than_few_wrote_is_none():
    files = {name: text + REMARKS for name, text in many().items()}

    assert compared(files).pairs == ()


def test_equal_trained_numbers_are_a_hint():
    found = compared({"student_a": OWN + TABLE, "student_b": OTHER + TABLE})

    assert named(found) == {PAIR}
    (table,) = found.pairs[0].shared
    assert table.text.startswith("8 numbers: 0.13, 0.71, -1.2, 0.4, ...")


def mistakes(*checks):
    own = frozenset(
        ("mistake", f"{check} `f` is wrong. 3 came back, 4 is right.")
        for check in checks
    )
    return {"student_a": own, "student_b": own}


def test_equal_wrong_answers_in_two_tasks_are_a_hint():
    files = {**many(), "student_a": OWN, "student_b": OTHER}

    found = compared(files, (), mistakes("A9.1.sizes", "A9.2.bias"))

    assert named(found) == {PAIR}
    assert [one.count for one in found.pairs[0].shared] == [2, 2]


def test_wrong_answers_in_one_task_are_none():
    files = {**many(), "student_a": OWN, "student_b": OTHER}

    assert compared(files, (), mistakes("A9.1.sizes", "A9.1.bias")).pairs == ()


def test_in_a_small_class_no_mistake_is_unusual():
    files = {"student_a": OWN, "student_b": OTHER}

    assert compared(files, (), mistakes("A9.1.sizes", "A9.2.bias")).pairs == ()


def networks(*students):
    own = frozenset([("network", "3 epochs to a loss of 0.25 (0123456789ab)")])
    return dict.fromkeys(students, own)


def test_an_equal_network_is_told_beside_other_things():
    files = {**many(), "student_a": OWN + TABLE, "student_b": OTHER + TABLE}

    found = compared(files, (), networks("student_a", "student_b"))

    assert named(found) == {PAIR}
    assert {one.kind for one in found.pairs[0].shared} == {"table", "network"}


def test_two_are_never_named_for_an_equal_network_alone():
    files = {**many(), "student_a": OWN, "student_b": OTHER}

    assert compared(files, (), networks("student_a", "student_b")).pairs == ()


def test_a_network_that_many_have_built_is_no_sign():
    files = {**many(), "student_a": OWN + TABLE, "student_b": OTHER + TABLE}

    found = compared(files, (), networks(*files))

    assert {one.kind for one in found.pairs[0].shared} == {"table"}
