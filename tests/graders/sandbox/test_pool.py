import os
import select
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.errors import WorkerUnavailable
from graders.records import Ending, Tier
from graders.sandbox import NO_WALLS, Limits, Sandbox, Walls, offered_walls, zygote
from tests.stand_ins.asking import QUICK, ask_once

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems keep no workers between children"
)

PARENT = "import os\ndef f():\n    return os.getppid()"


@pytest.fixture(scope="module")
def walls() -> Walls:
    """The strongest that this machine offers."""
    strongest = offered_walls()[0]
    if strongest.tier is Tier.NONE:
        pytest.skip("this machine offers no walls")
    return strongest


@pytest.fixture
def walled(walls: Walls) -> Iterator[Sandbox]:
    with Sandbox((), walls=walls, slots=2, limits=QUICK) as opened:
        yield opened


@pytest.fixture
def open_sandbox() -> Iterator[Sandbox]:
    with Sandbox((), slots=2) as opened:
        yield opened


def zygote_of(slot) -> int:
    """The process that a slot's children come from, as it is seen from here."""
    finish(slot.launch(QUICK))
    return slot.warm_up()._pid


def finish(child) -> None:
    child.end()
    child.channel.close()


# --- leases -----------------------------------------------------------------


def test_behind_walls_a_slot_serves_one_lease_at_a_time(walled):
    with walled.lease() as first, walled.lease() as second:
        assert first is not second
        assert walled._slots(None)._free.empty()

    with walled.lease() as again:
        assert again in (first, second)


def test_without_walls_all_share_one_slot(open_sandbox):
    with open_sandbox.lease() as first, open_sandbox.lease() as second:
        assert first is second


def test_a_slot_is_free_again_after_a_lease_that_failed(walled):
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), walled.lease():
            raise ZeroDivisionError

    with walled.lease(), walled.lease():
        pass


def test_slots_behind_walls_do_not_share_a_zygote(walled):
    with walled.lease() as first, walled.lease() as second:
        assert zygote_of(first) != zygote_of(second)


# --- renewal ----------------------------------------------------------------


def test_a_worn_zygote_gives_way_to_another_between_leases(walled, monkeypatch):
    monkeypatch.setattr(zygote, "MAX_JOBS", 2)
    with walled.lease() as slot:
        first = zygote_of(slot)
        during = zygote_of(slot)
        finish(slot.launch(QUICK))  # A lease is never cut short.
        starts = slot.num_starts

    assert (during, starts) == (first, 1)
    assert slot.num_starts == 2
    assert zygote_of(slot) != first
    assert has_ended(first)


def test_a_zygote_that_is_not_worn_stays(walled):
    with walled.lease() as slot:
        first = zygote_of(slot)

    slot.rest()

    assert zygote_of(slot) == first
    assert slot.num_starts == 1


def test_a_zygote_that_a_job_has_changed_gives_way(walled):
    with walled.lease() as slot:
        first = zygote_of(slot)
        before = os.getpriority(os.PRIO_PROCESS, first)
        os.setpriority(os.PRIO_PROCESS, first, before + 1)
        finish(slot.launch(QUICK))

    assert slot.num_starts == 2
    assert zygote_of(slot) != first


def test_a_zygote_that_was_killed_is_replaced_for_the_next_child(walled):
    with walled.lease() as slot:
        first = zygote_of(slot)
        os.kill(first, signal.SIGKILL)

        answer = ask_once(slot, PARENT)

        assert answer.ending is Ending.RETURNED
        assert slot.num_starts == 2
        assert zygote_of(slot) != first


def test_a_zygote_that_ended_before_it_was_ready_is_replaced(walled):
    with walled.lease() as slot:
        slot.warm_up()._control.shutdown(socket.SHUT_RDWR)

        answer = ask_once(slot, PARENT)

        assert answer.ending is Ending.RETURNED
        assert slot.num_starts == 2


def test_a_zygote_that_never_started_is_not_tried_again(walls):
    with (
        Sandbox(("no_such_package",), walls=walls, limits=QUICK) as broken,
        broken.lease() as slot,
    ):
        with pytest.raises(WorkerUnavailable, match="No module named"):
            slot.launch(QUICK)

        assert slot.num_starts == 1


def test_a_slot_tells_what_it_keeps_running(walled):
    with walled.lease() as slot:
        before = slot.num_processes()
        child = slot.launch(QUICK)
        during = slot.num_processes()
        finish(child)

        assert (before, slot.num_processes()) == (0, 1)
        assert during > 1


# --- the end ----------------------------------------------------------------


def test_a_closed_sandbox_gives_no_children(walls):
    with Sandbox((), walls=walls, limits=QUICK) as closed, closed.lease() as slot:
        finish(slot.launch(QUICK))

    for launch in (slot.launch, closed.launch):
        with pytest.raises(WorkerUnavailable, match="the workers have been stopped"):
            launch(QUICK)


def test_a_closed_sandbox_leaves_no_process_and_no_folder(walls):
    with Sandbox((), walls=walls, slots=2, limits=QUICK) as opened:
        with opened.lease() as first, opened.lease() as second:
            zygotes = [zygote_of(first), zygote_of(second)]
            left = first.launch(QUICK)
        root = opened.bundle.root
    finish(left)

    assert all(map(has_ended, zygotes))
    assert not root.exists()


def test_a_closed_sandbox_leaves_no_control_group(walls):
    if not walls.cgroup:
        pytest.skip("no control group can be made here")
    before = own_groups()

    with Sandbox((), walls=walls, slots=2, limits=QUICK) as opened:
        with opened.lease() as first, opened.lease() as second:
            zygote_of(second)
            left = first.launch(QUICK)
        during = own_groups()
    finish(left)

    assert len(during - before) >= 2
    assert own_groups() - before == set()


def test_a_mask_of_the_graders_does_not_keep_a_worker_from_its_code(walls):
    mask = os.umask(0o077)
    try:
        with Sandbox((), walls=walls, limits=QUICK) as opened, opened.lease() as slot:
            answer = ask_once(slot, "def f():\n    return 1")
    finally:
        os.umask(mask)

    assert answer.value == 1


def test_limits_of_a_job_may_be_lower_than_those_of_its_sandbox(walled):
    source = "import resource\ndef f():\n    return resource.getrlimit(7)"

    with walled.lease() as slot:
        answer = ask_once(slot, source, limits=Limits(files=64, output_kib=64))

    assert answer.value == (64, 64)


def own_groups() -> set[Path]:
    root, pattern = Path("/sys/fs/cgroup"), f"survival-school-{os.getpid()}-*"
    return {*root.glob(pattern), *root.glob(f"*/{pattern}")}


def has_ended(pid: int) -> bool:
    """Waits for the end of a process that is nobody's child any more."""
    try:
        fd = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([fd], [], [], 20)[0])
    finally:
        os.close(fd)


# --- packages -----------------------------------------------------------------------


def test_other_packages_have_zygotes_of_their_own(open_sandbox):
    with open_sandbox.lease() as plain, open_sandbox.lease(["json"]) as other:
        assert zygote_of(plain) != zygote_of(other)

    with open_sandbox.lease(["json"]) as again:
        assert again is other


def test_the_zygotes_of_all_packages_end_with_the_sandbox(walls):
    with (
        Sandbox((), walls=walls, limits=QUICK) as opened,
        opened.lease(["json"]) as slot,
    ):
        finish(slot.launch(QUICK))

    with pytest.raises(WorkerUnavailable, match="stopped"):
        slot.launch(QUICK)
    with pytest.raises(WorkerUnavailable), opened.lease(["csv"]):
        pass


# --- the same in every run ----------------------------------------------------


@pytest.mark.parametrize("kind", ["none", "strongest"])
def test_a_set_of_strings_has_the_same_order_in_every_run(kind, request):
    walls = NO_WALLS if kind == "none" else request.getfixturevalue("walls")
    source = "def f():\n    return [hash('a word'), list({'b', 'c', 'd', 'e', 'f'})]"
    told = []
    for _ in range(2):
        with Sandbox((), walls=walls, limits=QUICK) as opened, opened.lease() as slot:
            told.append(ask_once(slot, source).value)

    assert told[0] == told[1] is not None
