import pytest

from graders.errors import AssignmentError
from graders.records import Stage
from graders.rubric import read_rubric

TEXT = """\
schema: 1
assignment: a1
names: [a1]
version: 1
title: An assignment
file: a1.py
points: 5
limits: {load_s: 1, check_s: 1, submission_s: 9, memory_mib: 512, output_kib: 16}
tasks:
  - id: A1.1
    title: First
    points: 3
    functions: {f: lesson L1}
    checks: {one: 1, two: 2}
  - id: A1.2
    title: Second
    points: 2
    functions: {g: lesson L2}
    checks: {three: 2}
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rubric.yaml"


def test_a_rubric_gives_points_limits_and_lessons(path):
    path.write_text(TEXT)

    rubric = read_rubric(path)

    assert [task.points for task in rubric.tasks] == [3, 2]
    assert rubric.limits.memory_mib == 512
    assert rubric.lessons() == {"f": "lesson L1", "g": "lesson L2"}


@pytest.mark.parametrize(
    ("old", "new", "what", "line", "fix"),
    [
        (
            "points: 3",
            "points: 4",
            "points says 4, but the checks add up to 3",
            12,
            "Change this number, or those it is the sum of.",
        ),
        (
            "points: 5",
            "points: 6",
            "points says 6, but the tasks add up to 5",
            7,
            "Change this number, or those it is the sum of.",
        ),
        ("id: A1.2", "id: A1.1", "two tasks have the same id", 1, "Correct the value."),
        (
            "tasks:",
            "gates: {share: {task: A1.7, of: A share, at_least: 0.5}}\ntasks:",
            "the gate share names no task: A1.7",
            1,
            "Correct the value.",
        ),
        (
            "tasks:",
            "gates: {share: {task: A1.1, of: A share}}\ntasks:",
            "gates.share: give either at_least or at_most",
            9,
            "Correct the value.",
        ),
        (
            "    functions: {g",
            "    funtcions: {g",
            "unknown key 'funtcions'",
            18,
            "Did you mean 'functions'?",
        ),
        (
            "version: 1",
            "version: 1\nverison: 2",
            "unknown key 'verison'",
            5,
            "Did you mean 'version'?",
        ),
        (
            "title: Second",
            "title: Second\n    tilte: 2",
            "unknown key 'tilte'",
            17,
            "Did you mean 'title'?",
        ),
        (
            "    title: First\n",
            "",
            "the key 'title' is missing",
            10,
            "Add `title:`.",
        ),
        (
            "points: 2",
            "points: two",
            "tasks.1.points: input should be a valid number",
            17,
            "Correct the value.",
        ),
        ("schema: 1", "schema: 2", "schema: input should be", 1, "Correct the value."),
        (
            "file: a1.py",
            "file: ../a1.py",
            "file: string should",
            6,
            "Correct the value.",
        ),
        (
            "id: A1.1",
            "id: first",
            "tasks.0.id: string should",
            10,
            "Correct the value.",
        ),
        (
            "load_s: 1,",
            "load_s: 0,",
            "limits.load_s: input should be greater than 0",
            8,
            "Correct the value.",
        ),
        (
            "checks: {three: 2}",
            "checks: {}",
            "tasks.1.checks: dictionary should have at least 1 item",
            19,
            "Correct the value.",
        ),
    ],
)
def test_a_wrong_rubric_is_refused_with_the_line_and_the_way_out(
    path, old, new, what, line, fix
):
    assert old in TEXT
    path.write_text(TEXT.replace(old, new, 1))

    with pytest.raises(AssignmentError) as caught:
        read_rubric(path)

    assert caught.value.what.startswith(what)
    assert caught.value.where == f"rubric.yaml:{line}"
    assert caught.value.fix == fix


def with_style(style, points=5):
    text = TEXT.replace("points: 5", f"points: {points}")
    return text.replace("tasks:\n", f"style: {style}\ntasks:\n", 1)


def test_a_rubric_without_style_has_none(path):
    path.write_text(TEXT)

    assert read_rubric(path).style is None


def test_style_is_advice_unless_the_rubric_gives_points(path):
    path.write_text(with_style("{stage: proof_of_concept}"))

    style = read_rubric(path).style

    assert (style.stage, style.points) == (Stage.PROOF_OF_CONCEPT, 0)


def test_the_points_for_style_are_a_part_of_the_sum(path):
    path.write_text(with_style("{stage: product, points: 2, per_finding: 0.25}", 7))

    rubric = read_rubric(path)

    assert (rubric.points, rubric.style.per_finding) == (7, 0.25)


@pytest.mark.parametrize(
    ("style", "what", "line", "fix"),
    [
        (
            "{stage: product, points: 2}",
            "points says 5, but the tasks and the style add up to 7",
            7,
            "Change this number, or those it is the sum of.",
        ),
        (
            "{stage: prototype}",
            "style.stage: input should be 'testing_a_concept', 'proof_of_concept',"
            " 'product' or 'deployment'; received 'prototype'",
            9,
            "Correct the value.",
        ),
        ("{points: 0}", "the key 'stage' is missing", 9, "Add `stage:`."),
        (
            "{stage: product, per_findings: 1}",
            "unknown key 'per_findings'",
            9,
            "Did you mean 'per_finding'?",
        ),
        (
            "{stage: product, points: -1}",
            "style.points: input should be greater than or equal to 0",
            9,
            "Correct the value.",
        ),
        (
            "{stage: product, per_finding: 0}",
            "style.per_finding: input should be greater than 0",
            9,
            "Correct the value.",
        ),
    ],
)
def test_a_wrong_style_is_refused_with_the_line_and_the_way_out(
    path, style, what, line, fix
):
    path.write_text(with_style(style))

    with pytest.raises(AssignmentError) as caught:
        read_rubric(path)

    assert caught.value.what.startswith(what)
    assert caught.value.where == f"rubric.yaml:{line}"
    assert caught.value.fix == fix


def test_no_error_message_of_a_sum_quotes_the_whole_rubric(path):
    path.write_text(TEXT.replace("points: 5", "points: 6"))

    with pytest.raises(AssignmentError) as caught:
        read_rubric(path)

    assert len(caught.value.what) < 150


def test_the_shipped_rubric_and_the_suite_name_the_same_checks(assignment):
    in_rubric = [
        f"{task.id}.{name}" for task in assignment.rubric.tasks for name in task.checks
    ]
    in_suite = [
        check.id for checks in assignment.suite.groups.values() for check in checks
    ]

    assert sorted(in_rubric) == sorted(in_suite)


def test_the_shipped_rubric_gives_a_hundred_points(assignment):
    assert assignment.rubric.points == 100
    assert sum(task.points for task in assignment.rubric.tasks) == 100


def test_the_shipped_rubric_asks_for_functions_of_the_reference(assignment, reference):
    for name in assignment.rubric.lessons():
        assert f"def {name}(" in reference


def test_the_shipped_rubric_gives_advice_on_style_and_no_points(assignment):
    style = assignment.rubric.style

    assert (style.stage, style.points) == (Stage.PROOF_OF_CONCEPT, 0)


# --- packages and thresholds --------------------------------------------------------


def test_tasks_together_need_the_packages_of_all_and_of_each_once(path):
    path.write_text(
        TEXT.replace("points: 5\n", "points: 5\npackages: [numpy]\n").replace(
            "    checks: {three: 2}\n",
            "    checks: {three: 2}\n    packages: [keras, numpy]\n",
        )
    )

    rubric = read_rubric(path)

    assert rubric.packages_of(["A1.1"]) == ("numpy",)
    assert rubric.packages_of(["A1.2", "A1.1"]) == ("numpy", "keras")


def with_gate(text):
    return TEXT.replace("tasks:\n", f"gates:\n  accuracy: {{{text}}}\ntasks:\n")


def test_a_threshold_has_a_task_a_name_for_its_value_and_one_bound(path):
    path.write_text(with_gate("task: A1.1, of: The accuracy, at_least: 0.8"))

    gate = read_rubric(path).gates["accuracy"]

    assert (gate.task, gate.of, gate.bound) == ("A1.1", "The accuracy", 0.8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("task: A1.1, of: It", "give either at_least or at_most"),
        (
            "task: A1.1, of: It, at_least: 1, at_most: 2",
            "give either at_least or at_most",
        ),
        (
            "task: A1.7, of: It, at_least: 1",
            "the gate accuracy names no task: A1.7",
        ),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused(path, text, said):
    path.write_text(with_gate(text))

    with pytest.raises(AssignmentError, match=said):
        read_rubric(path)


# --- bonus, and what a person grades ------------------------------------------------

MANUAL = """\
manual:
  - id: A1.M1
    title: The report
    points: 4
    levels: {0: nothing, 2.5: some of it, 4: everything}
"""


def with_manual(manual=MANUAL, points=9):
    return TEXT.replace("points: 5", f"points: {points}", 1) + manual


def with_bonus(points=3):
    text = TEXT.replace("points: 5", f"points: {points}", 1)
    return text.replace(
        "    checks: {three: 2}", "    checks: {three: 2}\n    bonus: true"
    )


def test_a_bonus_is_no_part_of_the_sum(path):
    path.write_text(with_bonus())

    rubric = read_rubric(path)

    assert rubric.points == 3
    assert [task.bonus for task in rubric.tasks] == [False, True]


def test_what_a_person_grades_is_a_part_of_the_sum(path):
    path.write_text(with_manual())

    (item,) = read_rubric(path).manual

    assert (item.id, item.title, item.points) == ("A1.M1", "The report", 4)
    assert item.levels == {0: "nothing", 2.5: "some of it", 4: "everything"}


@pytest.mark.parametrize(
    ("text", "what", "line", "fix"),
    [
        (
            with_bonus(points=5),
            "points says 5, but the tasks that are no bonus add up to 3",
            7,
            "Change this number, or those it is the sum of.",
        ),
        (
            with_manual(points=5),
            "points says 5, but the tasks and the manual items add up to 9",
            7,
            "Change this number, or those it is the sum of.",
        ),
        (
            with_manual() + "style: {stage: product, points: 1}\n",
            "points says 9, but the tasks, the manual items and the style add up to 10",
            7,
            "Change this number, or those it is the sum of.",
        ),
        (
            with_manual(MANUAL + "  - {id: A1.M1, title: Again, points: 1}\n", 10),
            "two manual items have the same id",
            1,
            "Correct the value.",
        ),
        (
            with_manual(MANUAL.replace("A1.M1", "A1.3")),
            "manual.0.id: string should match pattern '^A\\d+\\.M\\d+$';"
            " received 'A1.3'",
            21,
            "Correct the value.",
        ),
        (
            TEXT.replace("A1.2", "A1.M2"),
            "tasks.1.id: string should match pattern '^A\\d+\\.\\d+$';"
            " received 'A1.M2'",
            15,
            "Correct the value.",
        ),
        (
            with_manual(MANUAL.replace("4: everything", "5: everything")),
            "A1.M1 has a level of 5, and 4 points",
            24,
            "Give every level from 0 to 4 points.",
        ),
        (
            with_manual(MANUAL.replace("0: nothing", "-1: nothing")),
            "A1.M1 has a level of -1, and 4 points",
            24,
            "Give every level from 0 to 4 points.",
        ),
        (
            with_manual(MANUAL + "    bonus: true\n"),
            "unknown key 'bonus'",
            25,
            "Known keys: id, levels, points, title.",
        ),
        (
            with_manual(MANUAL.replace("levels:", "level:")),
            "unknown key 'level'",
            24,
            "Did you mean 'levels'?",
        ),
        (
            with_manual(MANUAL.replace("    points: 4", "    points: 0")),
            "manual.0.points: input should be greater than 0; received '0'",
            23,
            "Correct the value.",
        ),
    ],
)
def test_a_wrong_bonus_or_manual_item_is_refused_with_the_line(
    path, text, what, line, fix
):
    path.write_text(text)

    with pytest.raises(AssignmentError) as caught:
        read_rubric(path)

    assert caught.value.what == what
    assert caught.value.where == f"rubric.yaml:{line}"
    assert caught.value.fix == fix
