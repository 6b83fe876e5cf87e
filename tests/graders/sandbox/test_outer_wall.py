import os
import subprocess
from pathlib import Path

import pytest

from graders.sandbox.outer_wall import (
    CODE,
    bubblewrap,
    outer_command,
    scratch_folder,
)
from graders.sandbox.places import Places, python_program, readable_places, root_links

SCRATCH = scratch_folder(readable_places())
ENVIRONMENT = {"HOME": SCRATCH, "LANG": "C.UTF-8"}
# Options of bubblewrap that take no value, one, and two.
BARE = {"--unshare-all", "--as-pid-1", "--die-with-parent", "--new-session"}
BARE |= {"--clearenv"}
SINGLE = {"--cap-drop", "--size", "--tmpfs", "--chdir", "--remount-ro", "--proc"}
SINGLE |= {"--dev"}
DOUBLE = {"--setenv", "--symlink", "--ro-bind", "--ro-bind-try"}


def options(command: list[str]) -> list[tuple[str, ...]]:
    """The options with their values; one that is not expected fails the test."""
    found, rest = [], command[1:]
    while rest:
        num_values = next(
            number
            for number, names in enumerate((BARE, SINGLE, DOUBLE))
            if rest[0] in names
        )
        found.append(tuple(rest[: num_values + 1]))
        rest = rest[num_values + 1 :]
    return found


@pytest.fixture
def places(tmp_path):
    """A root with something to hide, and something hidden elsewhere."""
    root = tmp_path / "site-packages"
    (root / "graders").mkdir(parents=True)
    (root / "graders" / "secret.py").write_text("canary")
    (root / "own.pth").write_text("canary")
    (root / "six.py").write_text("six")
    hidden = (root / "graders", root / "own.pth", tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    return Places((root / "six.py",), (root,), hidden, (root,))


@pytest.fixture
def command(places, tmp_path):
    code = tmp_path / "code"
    return outer_command("bwrap", places, code, ENVIRONMENT, disk_mib=64)


def test_every_kind_of_namespace_is_its_own_and_no_right_is_kept(command):
    found = options(command)

    assert command[0] == "bwrap"
    for name in BARE:
        assert (name,) in found
    assert ("--cap-drop", "ALL") in found


def test_nothing_outside_can_be_written(command):
    assert not [word for word in command if word.startswith(("--bind", "--dev-bind"))]
    assert not [word for word in command if word.startswith(("--share", "--file"))]


def test_the_environment_is_what_is_given_and_nothing_else(command):
    found = options(command)

    cleared = found.index(("--clearenv",))
    given = [option for option in found if option[0] == "--setenv"]
    assert given == [("--setenv", *pair) for pair in ENVIRONMENT.items()]
    assert all(found.index(option) > cleared for option in given)


def test_roots_and_the_workers_code_are_there_to_be_read(command, places, tmp_path):
    found = options(command)

    root = str(places.roots[0])
    bound = [option[1:] for option in found if option[0] == "--ro-bind"]
    assert (root, root) in bound
    assert (str(tmp_path / "code"), CODE) in bound
    for link, target in root_links().items():
        assert ("--symlink", target, link) in found


def test_what_is_hidden_below_a_root_is_covered_after_the_root(command, places):
    found = options(command)

    root = str(places.roots[0])
    folder, file, elsewhere = map(str, places.hidden)
    bound = found.index(("--ro-bind", root, root))
    covered = found.index(("--tmpfs", folder))
    assert bound < covered
    assert found[covered + 1] == ("--remount-ro", folder)
    assert bound < found.index(("--ro-bind", "/dev/null", file))
    assert elsewhere not in command


@pytest.mark.parametrize(
    ("root", "scratch"), [("/usr/lib", "/tmp"), ("/tmp/env/site-packages", "/scratch")]
)
def test_the_folder_of_jobs_covers_no_package(root, scratch):
    places = Places((), (), (), (Path(root),))

    assert scratch_folder(places) == scratch


def test_folders_in_memory_are_bounded(command, places):
    found = options(command)

    for folder in (scratch_folder(places), "/dev/shm"):
        place = found.index(("--tmpfs", folder))
        assert found[place - 1] == ("--size", str(64 * 1024 * 1024))


def test_bubblewrap_is_looked_for_in_the_path(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert bubblewrap() is None


@pytest.fixture
def inside(places, tmp_path):
    """Runs a line of Python behind the outer wall, beside a project to hide."""
    program = bubblewrap()
    if program is None:
        pytest.skip("bubblewrap is not installed")
    test = [program, "--unshare-all", "--ro-bind", "/", "/", "true"]
    if subprocess.run(test, capture_output=True, check=False).returncode != 0:
        pytest.skip("bubblewrap does not work here")
    code = tmp_path / "code"
    code.mkdir()
    real = readable_places()
    both = Places(
        (*real.readable, *places.readable),
        (*real.listable, *places.listable),
        (*real.hidden, *places.hidden),
        (*real.roots, *places.roots),
    )
    before = outer_command(program, both, code, ENVIRONMENT, disk_mib=64)

    def run(line: str) -> str:
        python = [str(python_program()), "-I", "-S", "-c", line]
        done = subprocess.run(
            [*before, *python], capture_output=True, text=True, check=False
        )
        return (done.stdout + done.stderr).strip().rpartition("\n")[2]

    return run


def test_inside_a_hidden_folder_is_empty(inside, places):
    folder, _, _ = places.hidden

    assert inside(f"import os; print(os.listdir('{folder}'))") == "[]"


def test_inside_a_hidden_file_cannot_be_opened(inside, places):
    _, file, _ = places.hidden

    # A device takes its place, and where it is no device can be opened.
    assert inside(f"print(open('{file}').read())") == (
        f"PermissionError: [Errno 13] Permission denied: '{file}'"
    )


def test_inside_a_hidden_folder_cannot_be_written(inside, places):
    assert "Read-only file system" in inside(f"open('{places.hidden[0]}/x', 'w')")


def test_inside_a_root_can_be_read_and_not_written(inside, places):
    six = places.readable[0]

    assert inside(f"print(open('{six}').read())") == "six"
    assert "Read-only file system" in inside(f"open('{six}', 'a')")


@pytest.mark.parametrize("path", ["/home", "/root", "/var", "/sys", "/run", "/work"])
def test_inside_there_is_no_folder_of_the_machine(inside, path):
    # A root may lie below one of them; then the way to it is there, and no more.
    said = inside(
        f"import os; print(os.path.exists('{path}') and os.listdir('{path}'))"
    )

    ways = {
        root.relative_to(path).parts[0]
        for root in readable_places().roots
        if root.is_relative_to(path)
    }
    assert said in ("False", str(sorted(ways)), str(list(ways)))


def test_inside_it_is_the_first_process_without_a_right_or_a_network(inside):
    line = (
        "import os, socket;"
        "print(os.getpid(),"
        " [l.split()[1] for l in open('/proc/self/status') if 'CapEff' in l],"
        " [name for _, name in socket.if_nameindex()],"
        " sorted(os.environ))"
    )

    said = inside(line)

    assert said.startswith("1 ['0000000000000000'] ['lo']")
    # bubblewrap tells the working folder, and Python the locale that it took.
    names = said.partition("['lo'] ")[2]
    assert set(eval(names)) <= {*ENVIRONMENT, "PWD", "LC_CTYPE"}


def test_outside_nothing_has_changed(inside, places):
    left = Path(scratch_folder(places), f"left-by-{os.getpid()}")

    said = inside(f"open('{left}', 'w').close(); print(open('{left}').read() == '')")

    assert said == "True"
    assert not left.exists()
    assert (places.hidden[0] / "secret.py").read_text() == "canary"
