import threading

import pytest

from graders.errors import ResultsNotWritten
from graders.records import Outcome
from graders.validation import campaign
from graders.validation.campaign import Campaign, each_seed
from graders.validation.journal import Journal
from graders.validation.solutions import Role, Solution
from graders.validation.trials import Told, Trial
from tests.stand_ins.validations import an_assignment, trial

FIRST, SECOND, THIRD = (
    Solution(name=f"{name}.py", role=Role.RIGHT, source=name) for name in "abc"
)


class GradingStandIn:
    """Full marks for everybody; a test may have something happen meanwhile."""

    def __init__(self):
        self.graded = []
        self.meanwhile = {}

    def run_trial(self, solution, seed, assignment, sandbox):
        self.meanwhile.get(solution.name, lambda: None)()
        self.graded.append((solution.name, seed))
        return trial(solution=solution.name, seed=seed)


class SandboxStandIn:
    closed = False

    def close(self):
        self.closed = True


@pytest.fixture
def grading(monkeypatch):
    made = GradingStandIn()
    monkeypatch.setattr(campaign, "run_trial", made.run_trial)
    monkeypatch.setattr(campaign, "trial_key", lambda s, seed, _: f"{s.source} {seed}")
    return made


@pytest.fixture
def journal(tmp_path):
    with Journal(tmp_path / "journal.sqlite") as opened:
        yield opened


def a_campaign(journal, workers=1):
    return Campaign(
        assignment=an_assignment(),
        sandbox=SandboxStandIn(),
        journal=journal,
        workers=workers,
    )


def test_every_solution_is_graded_at_one_seed_before_the_next():
    jobs = each_seed([FIRST, SECOND], 2)

    assert [(one.name, seed) for one, seed in jobs] == [
        *(("a.py", 0), ("b.py", 0), ("a.py", 1), ("b.py", 1)),
    ]


def test_trials_come_in_the_order_of_the_jobs_whoever_ends_first(grading, journal):
    second_done = threading.Event()
    grading.meanwhile = {"a.py": lambda: second_done.wait(10), "b.py": second_done.set}

    found = a_campaign(journal, workers=2).run([(FIRST, 0), (SECOND, 0)])

    assert grading.graded[0] == ("b.py", 0)
    assert [one.solution for one in found] == ["a.py", "b.py"]


def test_each_trial_is_told_as_it_is_there(grading, journal):
    told = []

    a_campaign(journal).run(
        each_seed([FIRST, SECOND], 2), lambda: told.append(len(grading.graded))
    )

    assert len(told) == 4


def test_what_the_journal_has_is_not_graded_again_and_is_counted(grading, journal):
    a_campaign(journal).run([(FIRST, 0)])
    again = a_campaign(journal)

    found = again.run([(FIRST, 0), (SECOND, 0)])

    assert grading.graded == [("a.py", 0), ("b.py", 0)]
    assert [one.solution for one in found] == ["a.py", "b.py"]
    assert again.counts == {"gradings": 2, "reused": 1}


def test_a_solution_of_the_same_text_has_its_own_name(grading, journal):
    copy = Solution(name="copy.py", role=Role.GENERATED, source=FIRST.source)

    found = a_campaign(journal).run([(FIRST, 0), (copy, 0)])

    assert len(grading.graded) == 1
    assert [one.solution for one in found] == ["a.py", "copy.py"]


def test_a_trial_that_no_longer_holds_is_graded_again(grading, journal, monkeypatch):
    a_campaign(journal).run([(FIRST, 0)])
    monkeypatch.setattr(campaign, "still_holds", lambda trial, assignment: False)

    a_campaign(journal).run([(FIRST, 0)])

    assert grading.graded == [("a.py", 0)] * 2


def test_a_grading_that_failed_is_not_kept(grading, journal, monkeypatch):
    failed = Trial(solution="a.py", seed=0, error="no worker")
    with monkeypatch.context() as patched:
        patched.setattr(campaign, "run_trial", lambda *arguments: failed)
        assert a_campaign(journal).run([(FIRST, 0)]) == [failed]

    (again,) = a_campaign(journal).run([(FIRST, 0)])

    assert again.error == ""


def test_what_a_check_could_not_do_is_tried_again_and_what_it_measured_is_kept(
    grading, journal, monkeypatch
):
    crashed = trial(Told(check="A9.1.a", task="A9.1", outcome=Outcome.BROKEN))
    near = crashed.findings[0].model_copy(update={"measured": (("accuracy", 0.5),)})
    found = {"a.py": crashed, "b.py": trial(near, solution="b.py")}
    monkeypatch.setattr(campaign, "run_trial", lambda one, *_: found[one.name])

    a_campaign(journal).run([(FIRST, 0), (SECOND, 0)])

    assert journal.find("a 0") is None
    assert journal.find("b 0") == found["b.py"]


def test_ctrl_c_keeps_what_is_done_and_ends_the_workers(grading, journal):
    def interrupted():
        raise KeyboardInterrupt

    grading.meanwhile = {"b.py": interrupted}
    stopped = a_campaign(journal)

    with pytest.raises(KeyboardInterrupt):
        stopped.run([(FIRST, 0), (SECOND, 0), (THIRD, 0)])

    assert stopped.sandbox.closed
    assert journal.find("a 0") is not None
    assert journal.find("b 0") is None


def test_a_fault_of_the_grader_in_one_grading_is_told(grading, journal):
    def fails():
        raise ResultsNotWritten("the disk is full", "journal", "Free some space.")

    grading.meanwhile = {"b.py": fails}

    with pytest.raises(ResultsNotWritten, match="the disk is full"):
        a_campaign(journal).run([(FIRST, 0), (SECOND, 0)])

    assert journal.find("a 0") is not None
