"""Many gradings, several at a time; those that were done before are not repeated."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field

from graders.loading import Assignment
from graders.sandbox import Sandbox
from graders.validation.journal import Journal
from graders.validation.solutions import Solution
from graders.validation.trials import Trial, run_trial, still_holds, trial_key

Job = tuple[Solution, int]
Advance = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What gradings are run with.

    Args:
        assignment: what is validated.
        sandbox: where workers come from.
        journal: what has been graded already.
        workers: how many gradings run at a time.
        counts: gradings that were asked for, and how many of them the journal had.
    """

    assignment: Assignment
    sandbox: Sandbox
    journal: Journal
    workers: int
    counts: Counter[str] = field(default_factory=Counter)

    def run(self, jobs: Iterable[Job], advance: Advance = lambda: None) -> list[Trial]:
        """The trials of all jobs, in the order of the jobs.

        Ctrl-C loses at most those that are running.
        """
        jobs = list(jobs)
        pool = ThreadPoolExecutor(max_workers=self.workers)
        futures: dict[Future[tuple[Trial, bool]], int] = {
            pool.submit(self._run_one, job): index for index, job in enumerate(jobs)
        }
        trials: dict[int, Trial] = {}
        try:
            for future in as_completed(futures):
                trial, reused = future.result()
                trials[futures[future]] = trial
                self.counts.update(gradings=1, reused=reused)
                advance()
        except KeyboardInterrupt:
            self.sandbox.close()
            raise
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        return [trials[index] for index in range(len(jobs))]

    def _run_one(self, job: Job) -> tuple[Trial, bool]:
        """The trial, and whether it was in the journal."""
        solution, seed = job
        key = trial_key(solution, seed, self.assignment)
        known = self.journal.find(key)
        if known is not None and still_holds(known, self.assignment):
            return known.model_copy(update={"solution": solution.name}), True
        trial = run_trial(solution, seed, self.assignment, self.sandbox)
        # What the grader itself failed at may go well when it is tried again.
        if not trial.error and all(told.measured for told in trial.broken):
            self.journal.keep(key, trial)
        return trial, False


def each_seed(solutions: Sequence[Solution], seeds: int) -> list[Job]:
    """Every solution at every seed, all solutions at one seed first."""
    return [(solution, seed) for seed in range(seeds) for solution in solutions]
