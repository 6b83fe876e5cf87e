"""Every deliberate error of the grader: what, where, fix.

What a submission does is data (an `Outcome`), never one of these.
"""


class GradersError(Exception):
    """Base of every deliberate error.

    The three parts are required, so no message can leave one out. They are
    positional because exceptions are copied by calling the class with its args.

    Args:
        what: one sentence: the fact, with the value received.
        where: `file:line`, or the name of the argument.
        fix: one sentence: the next action.

    >>> print(GradersError("no such file", "cnn.py", "Check the path."))
    cnn.py: no such file
      Check the path.
    """

    def __init__(self, what: str, where: str, fix: str) -> None:
        super().__init__(what, where, fix)
        self.what, self.where, self.fix = what, where, fix

    def __str__(self) -> str:
        return f"{self.where}: {self.what}\n  {self.fix}"


class UsageError(GradersError):
    """The command was given something that cannot be graded; exit status 2."""


class AssignmentError(GradersError):
    """An instructor's file (rubric, catalogue, suite) is wrong."""


class WorkerUnavailable(GradersError):
    """A worker could not be started: the grader's own failure."""


class WorkerLost(GradersError):
    """The process that graded a submission ended before it was done."""


class SchedulerLost(GradersError):
    """The scheduler of a cluster ended, or was out of reach, during a batch."""


class ResultsNotWritten(GradersError):
    """A disk that is full, or gone, while results are written."""


class NoLedger(UsageError):
    """There is no ledger of grades yet, and this command makes none."""


class LedgerError(GradersError):
    """The database of grades cannot be used: damaged, locked, full, out of reach."""


class WireError(GradersError):
    """Bytes from a worker that break the protocol, or a value that may not cross."""


class NeverAsked(GradersError):
    """A replay met a question that the stored grading does not answer."""
