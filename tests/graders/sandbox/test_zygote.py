import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.errors import WorkerUnavailable
from graders.records import Ending
from graders.sandbox import NO_WALLS, Limits, Room, Sandbox
from graders.sandbox.template import _end_rest_of_wall
from graders.sandbox.watchdog import Watchdog
from graders.sandbox.zygote import Zygote
from tests.stand_ins.asking import QUICK, ask_once, call

SOURCE = (
    "import os, time\ndef f():\n    return os.getppid()\ndef g():\n    time.sleep(60)"
)


@pytest.fixture
def quick() -> Iterator[Sandbox]:
    """A sandbox of its own, without TensorFlow."""
    with Sandbox(()) as opened:
        yield opened


@pytest.fixture
def room(quick: Sandbox) -> Iterator[Room]:
    opened = Room(quick, QUICK, filename="cnn.py", source=SOURCE)
    yield opened
    opened.close()


def test_children_are_forks_of_one_process(quick):
    parents = {ask_once(quick, SOURCE).value for _ in range(2)}

    assert len(parents) == 1
    assert parents != {os.getpid()}


def test_a_zygote_that_is_killed_between_questions_is_no_fault_of_a_submission(room):
    zygote = room.ask(call("f"), 20).value
    os.kill(zygote, signal.SIGKILL)

    with pytest.raises(WorkerUnavailable) as unavailable:
        room.ask(call("g"), 20)

    assert unavailable.value.what.startswith("the worker process ended")
    assert "import keras" in unavailable.value.fix


def test_a_zygote_that_is_killed_during_a_question_is_no_fault_of_a_submission(room):
    zygote = room.ask(call("f"), 20).value
    source = f"import os\ndef f():\n    os.kill({zygote}, 9)\n    while True: pass"
    other = Room(room._launcher, QUICK, filename="cnn.py", source=source)

    with pytest.raises(WorkerUnavailable, match="the worker process ended"):
        other.ask(call("f"), 20)


def test_a_zygote_that_is_killed_is_replaced_for_the_next_submission(quick, room):
    zygote = room.ask(call("f"), 20).value
    os.kill(zygote, signal.SIGKILL)

    answer = ask_once(quick, SOURCE)

    assert answer.ending is Ending.RETURNED
    assert answer.value != zygote


def test_a_child_of_a_replaced_zygote_is_no_fault_of_its_submission(quick, room):
    zygote = room.ask(call("f"), 20).value
    os.kill(zygote, signal.SIGKILL)
    ask_once(quick, SOURCE)

    with pytest.raises(WorkerUnavailable, match="the worker process ended"):
        room.ask(call("g"), 20)


def test_a_zygote_that_cannot_import_its_packages_says_what_it_said():
    with (
        Sandbox(["no_such_package"]) as broken,
        pytest.raises(WorkerUnavailable) as unavailable,
    ):
        broken.launch(Limits())

    assert unavailable.value.what == (
        "the worker process ended:"
        " ModuleNotFoundError: No module named 'no_such_package'"
    )


def test_leaving_the_sandbox_ends_its_children_and_removes_its_folder():
    with Sandbox(()) as quick:
        room = Room(quick, QUICK, filename="cnn.py", source=SOURCE)
        room.ask(call("f"), 20)
        root = quick.bundle.root

    answer = room.ask(call("f"), 20)

    assert answer.ending is Ending.DIED
    assert not root.exists()


def test_linux_forks_from_a_zygote_and_other_systems_start_processes(quick):
    with quick.lease() as slot:
        kind = type(slot.warm_up()).__name__

    assert kind == ("Zygote" if sys.platform == "linux" else "Spawner")


def test_a_template_that_is_just_ending_gives_no_further_zygote(quick):
    ask_once(quick, SOURCE)
    with quick.lease() as slot:
        template = slot.warm_up()._template
    os.kill(template._process.pid, signal.SIGKILL)

    template.suspect()

    assert not template.alive
    assert template.was_killed()


class Gone:
    """A template that has ended while something keeps its connection open."""

    home = "/tmp"
    alive = False

    def __init__(self) -> None:
        self._ours, self.theirs = socket.socketpair(
            socket.AF_UNIX, socket.SOCK_SEQPACKET
        )

    def zygote(self, processors):
        return self._ours

    def suspect(self) -> None:
        """It has ended already."""

    def unavailable(self, said: str = "") -> WorkerUnavailable:
        return WorkerUnavailable("the worker process ended", "sandbox", "")


@pytest.mark.timeout(60)
def test_nobody_waits_for_a_zygote_whose_template_is_gone(tmp_path):
    template = Gone()
    zygote = Zygote(template, walls=NO_WALLS, folder=tmp_path, watchdog=Watchdog())

    with pytest.raises(WorkerUnavailable, match="the worker process ended"):
        zygote.launch(Limits())

    zygote.close()
    template.theirs.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no /proc")
@pytest.mark.parametrize(("name", "ends"), [("bwrap", True), ("other", False)])
def test_what_is_left_of_a_killed_bubblewrap_is_ended_and_nothing_else(
    name, ends, tmp_path
):
    program = tmp_path / name
    shutil.copy(shutil.which("sleep"), program)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        first = subprocess.Popen(
            ["sh", "-c", f"{program} 5 & echo $!"],
            pass_fds=[theirs.fileno()],
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        theirs.close()
        left = int(first.stdout.readline())
        first.wait()
        while Path(f"/proc/{left}/comm").read_text().strip() != name:
            os.sched_yield()

        _end_rest_of_wall(first.pid)

        is_over, _, _ = select.select([ours], [], [], 30 if ends else 0)
        assert bool(is_over) == ends
        first.stdout.close()
        if not ends:
            os.kill(left, signal.SIGKILL)
