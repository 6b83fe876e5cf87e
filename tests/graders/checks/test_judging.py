import numpy as np
import pytest

from graders.checks import Misconception, Verdict, check, failed, fixture, passed
from graders.checks.budget import Budget
from graders.checks.check import collect_checks, collect_fixtures
from graders.checks.judging import check_rng, judge
from graders.errors import NeverAsked, WorkerUnavailable
from graders.records import Answer, Ending, Finding, Outcome
from tests.stand_ins.scripted_room import (
    ScriptedRoom,
    always,
    function,
    judged,
    make_bench,
    raised,
    returned,
)


def checks_of(*functions, hidden=False):
    return list(collect_checks({f.__name__: f for f in functions}, hidden=hidden))


def room(**answers):
    answers.setdefault("load", always({"f": function("x")}))
    return ScriptedRoom(**answers)


def marked(body, name, **options):
    body.__name__ = name
    return check("A2.1", title=f"Title of {name}", **options)(body)


def outcomes(findings):
    return [finding.outcome for finding in findings]


def test_every_check_comes_to_one_finding_in_order():
    first = marked(lambda: passed(), "first")
    second = marked(lambda: failed("wrong"), "second")
    told = []

    findings = judge(checks_of(first, second), make_bench(room()), told.append)

    assert [finding.check for finding in findings] == ["A2.1.first", "A2.1.second"]
    assert outcomes(findings) == [Outcome.PASSED, Outcome.FAILED]
    assert findings[1].title == "Title of second"
    assert told == findings


def test_no_checks_need_no_worker():
    asked = room()

    findings = judged([], make_bench(asked))

    assert (findings, asked.asked) == ([], [])


def test_the_first_of_several_findings_that_is_not_passed_ends_the_check():
    reached = []

    def body():
        yield passed()
        yield failed("the first")
        reached.append("too far")
        yield failed("the second")

    (finding,) = judged(checks_of(marked(body, "several")), make_bench(room()))

    assert finding.what == "the first"
    assert reached == []


def test_a_check_that_says_nothing_more_has_passed():
    def body():
        yield passed()
        yield passed()

    (finding,) = judged(checks_of(marked(body, "several")), make_bench(room()))

    assert finding.outcome is Outcome.PASSED


def test_a_check_that_raises_is_broken_and_the_next_one_runs():
    broken = marked(lambda: 1 / 0, "broken")
    after = marked(lambda: passed(), "after")

    findings = judged(checks_of(broken, after), make_bench(room()))

    assert outcomes(findings) == [Outcome.BROKEN, Outcome.PASSED]
    assert findings[0].what == (
        "This check could not be decided (ZeroDivisionError); the fault is the"
        " grader's and costs no points."
    )
    assert findings[0].detail == "division by zero"
    assert findings[0].fix == "Ask your teacher to look at it."


@pytest.mark.parametrize("kind", [WorkerUnavailable, NeverAsked])
def test_a_failure_of_the_grader_itself_is_no_finding(kind):
    def body(student):
        raise kind("what", "where", "fix")

    with pytest.raises(kind):
        judged(checks_of(marked(body, "unlucky")), make_bench(room()))


def test_numbers_that_overflow_do_not_break_a_check():
    def body():
        huge = np.full(2, 1e308)
        yield passed() if np.isinf((huge * huge)[0]) else failed("no overflow")

    (finding,) = judged(checks_of(marked(body, "huge")), make_bench(room()))

    assert finding.outcome is Outcome.PASSED


def test_a_file_that_cannot_be_imported_fails_every_check_for_that_reason():
    error = raised("NameError", "name 'k' is not defined", line=3)
    two = checks_of(marked(passed, "one"), marked(lambda: passed(), "two"))

    findings = judged(two, make_bench(room(load=always(error))))

    assert outcomes(findings) == [Outcome.FAILED, Outcome.FAILED]
    assert {finding.what for finding in findings} == {
        "Importing your file raised NameError: name 'k' is not defined."
    }
    assert findings[0].where == "cnn.py:3"


def test_a_file_that_trains_while_it_is_imported_is_told_where_to_put_that():
    late = Answer(ending=Ending.TIMED_OUT, line=40)
    one = checks_of(marked(lambda: passed(), "one"))

    (finding,) = judged(one, make_bench(room(load=always(late)), load_s=7))

    assert finding.what == "Importing your file takes longer than 7 s."
    assert "if __name__ == '__main__':" in finding.fix
    assert finding.where == "cnn.py:40"


def test_a_load_that_answers_nonsense_defines_nothing():
    asks = marked(lambda student: student.f(1), "asks")

    (finding,) = judged(checks_of(asks), make_bench(room(load=always([1, 2]))))

    assert finding.what == "The file defines no function `f`."


def shared(body):
    body.__name__ = "shared"
    return collect_fixtures({"shared": fixture(body)})


def test_a_fixture_is_made_once_for_all_checks():
    calls = []

    def body():
        calls.append(1)
        return 7

    def uses(shared):
        return passed() if shared == 7 else failed("another")

    two = checks_of(marked(uses, "one"), marked(lambda shared: passed(), "two"))

    findings = judged(two, make_bench(room(), fixtures=shared(body)))

    assert outcomes(findings) == [Outcome.PASSED, Outcome.PASSED]
    assert calls == [1]


def test_a_fixture_that_fails_fails_the_first_check_and_blocks_the_others():
    def body(student):
        raise Verdict(Finding(outcome=Outcome.FAILED, what="Too large.", fix="Cut."))

    users = [
        marked(lambda shared: passed(), "one"),
        marked(lambda shared: passed(), "two"),
        marked(lambda: passed(), "three"),
    ]

    findings = judged(checks_of(*users), make_bench(room(), fixtures=shared(body)))

    assert outcomes(findings) == [Outcome.FAILED, Outcome.BLOCKED, Outcome.PASSED]
    assert findings[0].what == "Too large."
    assert findings[1].what == "Not run: Too large."


def test_a_fixture_that_is_blocked_says_so_once():
    def body(student):
        raise Verdict(Finding(outcome=Outcome.BLOCKED, what="Not run, because."))

    users = [marked(lambda shared: passed(), name) for name in ("one", "two")]

    findings = judged(checks_of(*users), make_bench(room(), fixtures=shared(body)))

    assert [finding.what for finding in findings] == ["Not run, because."] * 2


def test_a_fixture_that_raises_breaks_each_check_that_asks_for_it():
    users = [marked(lambda shared: passed(), name) for name in ("one", "two")]

    findings = judged(
        checks_of(*users), make_bench(room(), fixtures=shared(lambda: 1 / 0))
    )

    assert outcomes(findings) == [Outcome.BROKEN, Outcome.BROKEN]


def test_a_fixture_that_does_not_exist_breaks_the_check():
    unknown = marked(lambda nowhere: passed(), "one")

    (finding,) = judged(checks_of(unknown), make_bench(room()))

    assert finding.outcome is Outcome.BROKEN


@pytest.mark.parametrize(
    "first", [lambda: failed("wrong"), lambda: 1 / 0], ids=["failed", "broken"]
)
def test_a_check_is_blocked_by_one_that_it_needs(first):
    needy = marked(lambda: passed(), "needy", needs=["needed"])

    findings = judged(checks_of(marked(first, "needed"), needy), make_bench(room()))

    assert findings[1].outcome is Outcome.BLOCKED
    assert findings[1].what == (
        "Not run, because this check did not pass: Title of needed."
    )


def test_a_check_runs_if_what_it_needs_has_passed():
    needed = marked(lambda: passed(), "needed")
    needy = marked(lambda: passed(), "needy", needs=["needed"])

    findings = judged(checks_of(needed, needy), make_bench(room()))

    assert outcomes(findings) == [Outcome.PASSED, Outcome.PASSED]


def test_a_group_whose_time_is_spent_blocks_what_is_left():
    budget = Budget(check_s=30, submission_s=0)
    one = checks_of(marked(lambda: passed(), "one"))

    (finding,) = judged(one, make_bench(room(), budget=budget))

    assert finding.outcome is Outcome.BLOCKED
    assert finding.what == "Not run, because the submission has used all of its 0 s."


def drawn(seed, *names, answer=1):
    numbers = []

    def draw(student, rng):
        student.f(1)
        numbers.append(float(rng.random()))
        return passed()

    bodies = [marked(lambda student, rng: draw(student, rng), name) for name in names]
    judged(checks_of(*bodies), make_bench(room(call=always(answer)), seed=seed))
    return numbers


def test_random_inputs_are_the_same_for_every_submission():
    assert drawn(0, "one", answer=1) == drawn(0, "one", answer="another")


def test_random_inputs_do_not_depend_on_which_other_checks_run():
    assert drawn(0, "one", "two")[1:] == drawn(0, "two")


def test_random_inputs_differ_between_checks_and_between_seeds():
    numbers = [*drawn(0, "one", "two"), *drawn(1, "one", "two")]

    assert len(set(numbers)) == 4


def test_the_generator_of_a_check_is_fixed_for_ever():
    number = check_rng(0, "A2.1.one").integers(10**9)

    assert number == check_rng(0, "A2.1.one").integers(10**9)


def test_a_failed_finding_without_a_place_gets_that_of_the_last_function():
    def body(student):
        student.f(1)
        return failed("wrong")

    (finding,) = judged(
        checks_of(marked(body, "one")), make_bench(room(call=always(1)))
    )

    assert finding.where == "cnn.py:7"


@pytest.mark.parametrize(("hidden", "printed"), [(False, "hello"), (True, "")])
def test_what_was_printed_is_kept_for_public_checks_only(hidden, printed):
    def body(student):
        student.f(1)
        return failed("wrong")

    asked = room(call=always(returned(1, printed="hello")))

    (finding,) = judged(
        checks_of(marked(body, "one"), hidden=hidden), make_bench(asked)
    )

    assert finding.printed == printed
    assert finding.hidden is hidden


def test_a_known_misconception_brings_its_hint():
    known = Misconception(
        id="m", task="A2.1", title="t", hint="Look at the border.\n", mutant="m.py"
    )
    wrong = marked(lambda: failed("wrong", fix="own", misconception="m"), "one")

    (finding,) = judged(checks_of(wrong), make_bench(room(), catalogue={"m": known}))

    assert (finding.fix, finding.misconception) == ("Look at the border.", "m")
