import numpy as np
import pytest

from graders.checks.budget import Budget
from graders.checks.signatures import signature_problem
from graders.checks.student import Verdict
from graders.records import Answer, Ending, Outcome
from tests.stand_ins.scripted_room import (
    ScriptedRoom,
    always,
    function,
    make_student,
    raised,
    returned,
)

POSITIONAL, KEYWORD = "POSITIONAL_OR_KEYWORD", "KEYWORD_ONLY"


def verdict_of(answer, **options):
    student = make_student(ScriptedRoom(call=always(answer)), **options)
    with pytest.raises(Verdict) as caught:
        student.f(1)
    return caught.value.finding


@pytest.mark.parametrize(
    ("parameters", "num_args", "kwargs", "problem"),
    [
        ([["x", POSITIONAL, False]], 1, {}, None),
        ([["x", POSITIONAL, False]], 0, {"x": 1}, None),
        ([["x", POSITIONAL, True]], 0, {}, None),
        ([["x", POSITIONAL, False], ["rest", "VAR_POSITIONAL", False]], 5, {}, None),
        ([["rest", "VAR_KEYWORD", False]], 0, {"x": 1}, None),
        ([["x", "POSITIONAL_ONLY", False]], 1, {}, None),
        (None, 3, {}, None),
        ("nonsense", 3, {}, None),
        ([["x", POSITIONAL, False], "nonsense", ["y"]], 1, {}, None),
        ([], 1, {}, "it takes 0 positional arguments and gets 1"),
        (
            [["x", POSITIONAL, False]],
            2,
            {},
            "it takes 1 positional argument and gets 2",
        ),
        ([["x", POSITIONAL, False]], 1, {"z": 1}, "it has no parameter `z`"),
        (
            [["x", POSITIONAL, False], ["y", POSITIONAL, False]],
            1,
            {},
            "it also asks for `y`",
        ),
        ([["x", KEYWORD, False]], 0, {}, "it also asks for `x`"),
        ([["x", KEYWORD, False]], 1, {}, "it takes 0 positional arguments and gets 1"),
    ],
)
def test_a_call_is_held_against_the_signature(parameters, num_args, kwargs, problem):
    found = signature_problem(parameters, num_args, kwargs)

    assert found == problem


def test_a_call_asks_the_worker_with_its_arguments_and_the_seed():
    room = ScriptedRoom(call=always(5))
    student = make_student(room, functions={"f": function("x", "y")})

    value = student.f(1, y=2)

    assert value == 5
    assert room.asked == [
        {
            "ask": "call",
            "function": "f",
            "args": [1],
            "kwargs": {"y": 2},
            "given": {},
            "seed": 0,
        }
    ]


def test_a_given_table_goes_to_one_call_only():
    room = ScriptedRoom(call=always(5))
    student = make_student(room)

    student.given(g=[((5, 2), 1)]).f(1)
    student.f(1)

    assert [asked["given"] for asked in room.asked] == [{"g": [((5, 2), 1)]}, {}]


def test_a_call_that_does_not_fit_never_reaches_the_worker():
    room = ScriptedRoom(call=always(5))
    student = make_student(room)

    with pytest.raises(Verdict) as caught:
        student.f(1, 2)

    finding = caught.value.finding
    assert finding.what == (
        "`f` cannot be called as the task says: it takes 1 positional argument and"
        " gets 2."
    )
    assert finding.where == "cnn.py:7"
    assert finding.fix == "Give it the parameters of the stub, in the same order."
    assert room.asked == []


@pytest.mark.parametrize(
    ("defined", "fix"),
    [
        ("conv2D", "Rename `conv2D` to `conv2d`, if that is it."),
        ("other", "Add `def conv2d(...)` as the stub has it."),
    ],
)
def test_a_function_that_is_not_there_names_the_nearest(defined, fix):
    student = make_student(ScriptedRoom(), functions={defined: function("x")})

    with pytest.raises(Verdict) as caught:
        student.conv2d(1)

    finding = caught.value.finding
    assert finding.what == "The file defines no function `conv2d`."
    assert (finding.where, finding.fix) == ("cnn.py", fix)


@pytest.mark.parametrize(
    ("answer", "what", "where", "reason"),
    [
        (
            Answer(ending=Ending.TIMED_OUT, line=12),
            "`f` did not return within the time limit of 30 s a check.",
            "cnn.py:12",
            "`f` did not return in time",
        ),
        (
            Answer(ending=Ending.TIMED_OUT),
            "`f` did not return within the time limit of 30 s a check.",
            "cnn.py:7",
            "`f` did not return in time",
        ),
        (
            Answer(ending=Ending.DIED, note="it was ended by SIGKILL"),
            "`f` ended the Python process: it was ended by SIGKILL.",
            "cnn.py:7",
            "`f` ended the process",
        ),
        (
            Answer(ending=Ending.FLOODED, note="1,024"),
            "`f` printed more than the limit of 1,024 KiB.",
            "cnn.py:7",
            "`f` printed too much",
        ),
        (
            Answer(ending=Ending.UNREADABLE, note="nested too deeply"),
            "`f` did not give a value that can be graded: nested too deeply.",
            "cnn.py:7",
            "`f` gave nothing that can be read",
        ),
        (
            Answer(ending=Ending.MISSING),
            "`f` is not a function any more when it is called.",
            "cnn.py:7",
            "`f` is missing",
        ),
        (
            raised("NotImplementedError", line=9, function="f"),
            "`f` is not written yet.",
            "cnn.py:9, in f",
            "`f` is not written yet",
        ),
    ],
)
def test_what_would_end_the_same_way_again_is_asked_once(answer, what, where, reason):
    room = ScriptedRoom(call=always(answer))
    student = make_student(room)

    with pytest.raises(Verdict) as first:
        student.f(1)
    with pytest.raises(Verdict) as second:
        student.f(2)

    finding, blocked = first.value.finding, second.value.finding
    assert (finding.outcome, finding.what, finding.where) == (
        Outcome.FAILED,
        what,
        where,
    )
    assert finding.fix
    assert (blocked.outcome, blocked.what) == (
        Outcome.BLOCKED,
        f"Not run, because {reason}.",
    )
    assert len(room.asked) == 1


def test_a_missing_function_is_told_once_and_blocks_from_then_on():
    student = make_student(ScriptedRoom(), functions={})

    findings = []
    for _ in range(2):
        with pytest.raises(Verdict) as caught:
            student.g()
        findings.append(caught.value.finding)

    assert [finding.outcome for finding in findings] == [
        Outcome.FAILED,
        Outcome.BLOCKED,
    ]
    assert findings[1].what == "Not run, because `g` is missing."


def test_an_exception_does_not_keep_later_calls_from_being_made():
    answers = iter([raised("ValueError", "no"), returned(3)])
    student = make_student(ScriptedRoom(call=lambda question: next(answers)))

    with pytest.raises(Verdict):
        student.f(1)
    value = student.f(1)

    assert value == 3


def test_a_function_that_is_not_written_yet_names_its_lesson():
    finding = verdict_of(raised("NotImplementedError"), lessons={"f": "lesson L13"})

    assert finding.fix == "Write it: lesson L13."


def test_a_public_check_tells_the_students_own_message_and_line():
    error = raised(
        "ValueError", "shapes (2,) and (3,).", line=41, function="f", source="x @ w"
    )

    finding = verdict_of(error)

    assert finding.what == (
        "`f` raised ValueError: shapes (2,) and (3,). The line is `x @ w`."
    )
    assert finding.where == "cnn.py:41, in f"


def test_a_hidden_check_keeps_the_message_back_but_not_the_line():
    error = raised(
        "ValueError", "the secret is 8231", line=41, function="<module>", source="f(x)"
    )

    finding = verdict_of(error, hidden=True)

    assert finding.what == "`f` raised ValueError. The line is `f(x)`."
    assert finding.where == "cnn.py:41"


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("Secret8231", "an exception"),
        ("KeyError", "KeyError"),
        ("ResourceExhaustedError", "ResourceExhaustedError"),
    ],
)
def test_a_hidden_check_names_well_known_exceptions_only(kind, shown):
    finding = verdict_of(raised(kind), hidden=True)

    assert finding.what == f"`f` raised {shown}."


def test_the_advice_fits_the_exception():
    finding = verdict_of(raised("IndexError"))

    assert finding.fix.startswith("An index is at or beyond the end of its axis")


def test_an_object_of_a_child_that_has_ended_blocks():
    finding = verdict_of(Answer(ending=Ending.LOST))

    assert finding.outcome is Outcome.BLOCKED
    assert finding.what == (
        "Not run, because the worker that held the model has ended."
    )


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ((), ()),
        (("0",), ("`x`",)),
        (("1", "0"), ("`y`", "`x`")),
        (("5",), ("number 5",)),
        (("-1",), ("number -1",)),
        (("-9",), ("number -9",)),
    ],
)
def test_changed_arguments_are_named_as_the_file_names_them(changed, names):
    room = ScriptedRoom(call=always(returned(1, changed=changed)))
    student = make_student(room, functions={"f": function("x", "y")})

    student.f(1, 2)

    assert student.changed == names


def test_what_was_printed_and_warned_is_that_of_the_last_answer():
    answers = iter([returned(1, printed="a", warnings=("w",)), returned(2)])
    student = make_student(ScriptedRoom(call=lambda question: next(answers)))

    student.f(1)
    first = (student.printed, student.warnings)
    student.f(1)

    assert first == ("a", ("w",))
    assert (student.printed, student.warnings) == ("", ())


@pytest.mark.parametrize(
    ("functions", "where"),
    [
        ({"f": function("x", line=12)}, "cnn.py:12"),
        ({"f": function("x", line=None)}, "cnn.py"),
        ({"f": "nonsense"}, "cnn.py"),
        ({}, "cnn.py"),
    ],
)
def test_a_location_is_the_line_of_the_function_or_the_file(functions, where):
    student = make_student(ScriptedRoom(), functions=functions)

    assert student.location("f") == where


def test_names_with_an_underscore_are_no_functions_of_the_submission():
    student = make_student(ScriptedRoom())

    with pytest.raises(AttributeError, match="_private"):
        _ = student._private


def test_arrays_are_passed_as_they_are():
    room = ScriptedRoom(call=always(0))
    x = np.arange(3.0)

    make_student(room).f(x)

    assert room.asked[0]["args"][0] is x


def test_a_check_may_never_take_longer_than_what_is_left_for_the_group():
    budget = Budget(check_s=30, submission_s=5)

    budget.start_check("A2.1")

    assert 0 < budget.left() <= 5
    assert not budget.spent


def test_a_budget_of_nothing_is_spent():
    budget = Budget(check_s=30, submission_s=0)

    assert budget.spent


def test_time_that_is_not_the_submissions_own_costs_nothing():
    now, waited = 100.0, 0.0
    budget = Budget(check_s=3, submission_s=20, clock=lambda: now - waited)
    budget.start_check("A2.1")

    now, waited = now + 121, 120.0

    assert budget.left() == 2
    assert not budget.spent


def test_a_task_may_give_its_checks_another_time_than_the_others():
    budget = Budget(check_s=30, submission_s=900, by_task={"A2.9": 60})

    limits = []
    for task in ("A2.9", "A2.1"):
        budget.start_check(task)
        limits.append(budget.check_s)

    assert limits == [60, 30]
