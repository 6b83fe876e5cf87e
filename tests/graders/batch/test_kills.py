"""Whatever is killed while a class is graded, everybody gets the right score."""

import os
import signal
import threading
from pathlib import Path

import pytest

from graders.batch import Progress
from graders.intake import find_submissions
from graders.sandbox.watchdog import descendants
from tests.hostile.runner import EXERCISE, load_exercise
from tests.hostile.walls import offered
from tests.stand_ins.batches import grade_here, points_in

STUDENTS = 4
# By a machine without memory, and by one that goes down.
SENT = (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL)


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def parent_of(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return 0
    return int(stat.rsplit(")", 1)[1].split()[1])


def is_worker(pid: int) -> bool:
    command = command_of(pid)
    return "start.py" in command and "bwrap" not in command.split(" ")[0]


def targets(kind: str) -> list[int]:
    """Running processes of this test run, by what they are."""
    below = descendants(os.getpid())
    if kind == "bubblewrap":
        return [pid for pid in below if command_of(pid).split(" ")[0].endswith("bwrap")]
    workers = [pid for pid in below if is_worker(pid)]
    if kind == "zygote":
        return [pid for pid in workers if not is_worker(parent_of(pid))]
    parents = {parent_of(pid) for pid in workers}
    return [pid for pid in workers if pid not in parents and is_worker(parent_of(pid))]


@pytest.fixture
def submissions(tmp_path):
    text = (EXERCISE / "reference.py").read_text("utf-8")
    folder = tmp_path / "submitted"
    folder.mkdir()
    for number in range(STUDENTS):
        own = f"{text}\n# student {number}\n"
        (folder / f"student_{number}.py").write_text(own, "utf-8")
    return list(find_submissions(folder, "work.py"))


def cases():
    """Every kind of process behind every kind of walls; most cases are hostile."""
    names = [name for name in offered() if offered()[name].bubblewrap]
    everyday = {(names[0], "bubblewrap"), (names[0], "child")} if names else set()
    for name, walls in offered().items():
        for kind in ("zygote", "child", "bubblewrap"):
            if kind != "bubblewrap" or walls.bubblewrap:
                marks = [
                    pytest.mark.long
                    if (name, kind) in everyday
                    else pytest.mark.hostile
                ]
                yield pytest.param(name, kind, marks=marks, id=f"{name}-{kind}")


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("name", "kind"), list(cases()))
def test_a_killed_process_costs_nobody_a_point(name, kind, submissions, ledger):
    killed: list[int] = []
    over = threading.Event()

    def kill_some() -> None:
        """One after the other, each as soon as there is one that is not dead yet."""
        while len(killed) < len(SENT) and not over.is_set():
            for pid in targets(kind):
                if pid not in killed:
                    os.kill(pid, SENT[len(killed)])
                    killed.append(pid)
                    break

    killer = threading.Thread(target=kill_some)

    def told(progress: Progress) -> None:
        if progress.outcomes.total() and not killer.ident:
            killer.start()

    exercise = load_exercise()
    outcome = grade_here(
        submissions, exercise, ledger, walls=offered()[name], progress=told
    )
    over.set()
    killer.join()

    assert killed
    assert outcome.reasons == {}
    assert outcome.num_graded == STUDENTS
    assert list(points_in(ledger, exercise).values()) == [16] * STUDENTS
