"""A validation says what is wrong with an assignment, and nothing else."""

import pytest

from graders.validation import campaign
from graders.validation.killing import Fate
from graders.validation.validating import Plan, validate
from tests.stand_ins.small_assignment import silent, small_assignment


def validated(folder, *changes, **options):
    plan = {
        **{"seeds": 2, "catalogue": True, "generated": False, "limit": 0},
        **{"workers": 2, "calibrate": False},
        **options,
    }
    assignment = small_assignment(folder, *changes)
    return validate(assignment, Plan(**plan), folder / "journal.sqlite", silent)


def test_an_assignment_without_fault_is_accepted(tmp_path):
    found = validated(tmp_path)

    assert found.accepted
    assert [trial.points for trial in found.right] == [10.0] * 4


def test_a_right_solution_that_loses_points_is_told_with_check_seed_and_finding(
    tmp_path,
):
    found = validated(tmp_path, ("wheats/loops.py", "variance**0.5", "variance"))

    first = found.problems[0]
    assert (first.of, first.solution, first.seed) == (
        "right solution",
        "wheats/loops.py",
        0,
    )
    assert first.check.endswith(".small_table")
    assert "`standardize` returned a wrong value" in first.what
    assert {problem.seed for problem in found.problems} == {0, 1}


def test_a_check_that_the_stub_passes_is_told(tmp_path):
    lenient = (
        "public.py",
        "    x = np.arange(6.0)",
        '    return close(np.ones(1), np.ones(1), of="It")\n    x = np.arange(6.0)',
    )

    found = validated(tmp_path, lenient)

    problem = next(problem for problem in found.problems if problem.of == "stub")
    assert problem.what == "It gets 4 points: the check passes without a solution."
    assert problem.check.endswith(".small_table")


def test_a_solution_that_stands_in_the_handout_is_told(tmp_path):
    line = "    mean, deviation = np.mean(x, axis=0), np.std(x, axis=0)"

    found = validated(tmp_path, ("handout.md", "", f"\n{line}\n"))

    assert [(p.of, p.solution) for p in found.problems] == [("leak", "handout.md")]
    assert line.strip() in found.problems[0].what


def test_a_stub_that_is_not_the_references_is_told(tmp_path):
    found = validated(tmp_path, ("scaling.py", "floats. x itself", "numbers. x itself"))

    assert [problem.what for problem in found.problems] == [
        "It is not the one that the reference gives; make the stubs anew."
    ]


def test_a_catalogued_mistake_that_nothing_notices_is_told(tmp_path):
    found = validated(
        tmp_path,
        (
            "mutants/wrong_axis.py",
            "axis=1, keepdims=True)\n    return",
            "axis=0)\n    return",
        ),
        ("mutants/wrong_axis.py", "axis=1", "axis=0"),
    )

    assert len(found.problems) == 1
    assert found.problems[0].of == "misconception"
    assert found.problems[0].what.startswith("It loses nothing in A")


def test_a_catalogued_mistake_that_is_not_named_is_told(tmp_path):
    anonymous = (
        '        suspects=[("wrong_axis", lambda: oracle.standardize(x, axis=1))],\n'
    )
    hidden = f"    {anonymous.replace('lambda:', 'lambda x=x:')}"

    found = validated(
        tmp_path, ("public.py", anonymous, ""), ("hidden_values.py", hidden, "")
    )

    assert [p.what for p in found.problems] == ["Its hint is not given; given: none."]


def test_mutants_that_survive_are_kept_with_their_diff_and_refuse_the_assignment(
    tmp_path,
):
    only_shape = ("public.py", "oracle.standardize(x),", "student.standardize(x),")
    weak = (
        "hidden_values.py",
        "oracle.standardize(x),\n            of",
        "student.standardize(x),\n            of",
    )
    weaker = (
        "hidden_values.py",
        "student.standardize(x), oracle.standardize(x), of",
        "student.standardize(x), student.standardize(x), of",
    )

    found = validated(
        tmp_path, only_shape, weak, weaker, catalogue=False, generated=True, limit=15
    )

    survivors = [case for case in found.cases if case.fate is Fate.SURVIVED]
    assert survivors
    assert all("\n+" in case.mutant.diff for case in survivors)
    assert found.problems[-1].of == "generated mutants"
    assert "at least 95% is needed" in found.problems[-1].what


def test_a_mutant_that_gives_the_same_on_valid_calls_is_equivalent(tmp_path):
    doubled = (
        "reference.py",
        "    mean, deviation",
        "    x = x * 1.0\n    mean, deviation",
    )

    found = validated(
        tmp_path,
        doubled,
        ("scaling.py", "x", "x"),
        catalogue=False,
        generated=True,
    )

    reasons = {
        case.mutant.description: case.reason
        for case in found.cases
        if case.fate is Fate.EQUIVALENT
    }
    assert reasons["`1.0` became `2.0`"] == "the same on 60 valid calls of standardize"
    assert not any(case.confirmed for case in found.cases)


def test_what_a_person_has_confirmed_is_marked(tmp_path):
    doubled = (
        "reference.py",
        "    mean, deviation",
        "    x = x * 1.0\n    mean, deviation",
    )
    first = validated(tmp_path, doubled, generated=True, catalogue=False)
    known = next(c.mutant.id for c in first.cases if c.fate is Fate.EQUIVALENT)
    suite = first.assignment.suite.folder
    (suite / "equivalents.yaml").write_text(
        f"schema: 1\nconfirmed:\n  {known}: A factor cancels out.\n"
    )

    again = validate(first.assignment, first.plan, tmp_path / "journal.sqlite", silent)

    case = next(case for case in again.cases if case.mutant.id == known)
    assert (case.confirmed, case.reason) == (True, "A factor cancels out.")


def test_a_second_run_grades_nothing_again(tmp_path, monkeypatch):
    found = validated(tmp_path, generated=True, limit=5)

    def never(*arguments):
        raise AssertionError("graded again")

    monkeypatch.setattr(campaign, "run_trial", never)
    again = validate(found.assignment, found.plan, tmp_path / "journal.sqlite", silent)

    assert again.right == found.right
    assert [case.trial for case in again.cases] == [case.trial for case in found.cases]


# --- thresholds -----------------------------------------------------------------

GATE = (
    "rubric.yaml",
    "tasks:\n",
    "gates:\n  mean_is_small: {task: A%, of: The mean, at_most: 0.5}\ntasks:\n",
)
MEASURE = (
    "hidden_values.py",
    "    yield holds(\n        not student.changed",
    '    yield gates["mean_is_small"].decide(\n'
    "        lambda seed: abs(float(student.standardize(x + seed).mean()))\n"
    "    )\n"
    "    yield holds(\n        not student.changed",
)
ASKED = (
    "hidden_values.py",
    "def argument_stays(student: Student, rng: Rng)",
    "def argument_stays(student: Student, rng: Rng, gates: Gates)",
)
IMPORTED = ("hidden_values.py", "import Student,", "import Gates, Student,")


@pytest.fixture
def with_gate(tmp_path):
    """Changes that give an assignment a threshold, and its task's number to it."""

    def make(**options):
        from tests.stand_ins import small_assignment as made

        number = next(made._NUMBERS)
        made._NUMBERS = iter([number, *range(number + 1, number + 50)])
        gate = (GATE[0], GATE[1], GATE[2].replace("%", f"{number}.1"))
        return validated(tmp_path, gate, MEASURE, ASKED, IMPORTED, **options)

    return make


def test_a_threshold_that_was_never_calibrated_refuses_the_assignment(with_gate):
    found = with_gate(catalogue=False)

    assert [(p.of, p.solution, p.what) for p in found.problems] == [
        (
            "threshold",
            "mean_is_small",
            "It has not been calibrated; use --calibrate.",
        )
    ]


def test_a_calibration_is_stored_beside_the_rubric_and_then_it_is_accepted(with_gate):
    found = with_gate(catalogue=True, calibrate=True)

    stored = found.assignment.listing.folder / "calibration.yaml"
    gate = found.calibration.gates["mean_is_small"]
    assert found.problems == ()
    assert stored.is_file()
    assert (gate.false_fail.count, gate.false_fail.of) == (0, 4)
    assert gate.false_pass.of == 0, "the mistake ends the check before the gate"
    assert {sample.solution for sample in gate.right} == {
        "reference.py",
        "wheats/loops.py",
    }


def test_a_threshold_that_moved_must_be_calibrated_again(with_gate, tmp_path):
    found = with_gate(catalogue=False, calibrate=True)
    rubric = found.assignment.listing.folder / "rubric.yaml"
    rubric.write_text(rubric.read_text().replace("at_most: 0.5", "at_most: 0.4"))

    from graders.assignments import read_listing
    from graders.loading import load_assignment

    again = validate(
        load_assignment(read_listing(rubric)),
        Plan(
            **{"seeds": 1, "catalogue": False, "generated": False, "limit": 0},
            **{"workers": 1, "calibrate": False},
        ),
        tmp_path / "journal.sqlite",
        silent,
    )

    assert [problem.what for problem in again.problems] == [
        "It is 0.4, and 0.5 was calibrated; use --calibrate."
    ]
