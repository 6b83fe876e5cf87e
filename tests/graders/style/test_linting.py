import contextlib
import subprocess
import sys

import pytest

from graders.style import linting
from graders.style.linting import Hit, LinterFailed, lint

CODES = ["F401", "F821", "B015", "E722"]


@pytest.fixture
def fake_ruff(monkeypatch, tmp_path):
    """Lets a program of the test's own answer in ruff's place."""

    def put(body):
        path = tmp_path / "ruff"
        path.write_text(f"#!{sys.executable}\n{body}")
        path.chmod(0o755)
        monkeypatch.setattr("ruff.__main__.find_ruff_bin", lambda: str(path))

    return put


def test_hits_are_told_with_line_column_code_and_name():
    hits = lint("import os\nprint(y)\n", CODES)

    assert hits == [
        Hit(line=1, column=8, code="F401", name="os"),
        Hit(line=2, column=7, code="F821", name="y"),
    ]


def test_only_what_is_asked_for_is_found():
    assert lint("import os\nprint(y)\n", ["E722"]) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os  # noqa",
        "import os  # noqa: F401",
        "# ruff: noqa\nimport os",
        "# flake8: noqa\nimport os",
        "# ruff: disable[F401]\nimport os\n# ruff: enable[F401]\n",
    ],
)
def test_noqa_does_not_hide_a_finding(source):
    assert [hit.code for hit in lint(source, CODES)] == ["F401"]


def test_no_settings_are_taken_from_the_working_folder_or_the_environment(
    tmp_path, monkeypatch
):
    (tmp_path / "ruff.toml").write_text('force-exclude = true\nexclude = ["*.py"]')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUFF_OUTPUT_FORMAT", "concise")
    monkeypatch.setenv("RUFF_CONFIG", str(tmp_path / "ruff.toml"))

    assert len(lint("import os", CODES)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["ruff.toml"]
    # A person's own settings lie in the home folder, which no variable has to name.
    assert "--isolated" in linting._command(CODES)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_they_end_with(end):
    (hit,) = lint(f"x = 1{end}y = 2{end}import os{end}", CODES)

    assert hit.line == 3


def test_a_text_of_halves_of_characters_is_read():
    assert len(lint("import os  # \ud800", CODES)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000_000,
        "x = " + "(" * 500_000 + ")" * 500_000,
        "x = " + "-" * 200_000 + "1",
        "x = " + "==".join(["None"] * 100_000),
    ],
    ids=["10 MB of brackets", "closed brackets", "minus signs", "comparisons"],
)
def test_a_file_that_is_too_much_for_ruff_neither_hangs_nor_fills_the_memory(source):
    with contextlib.suppress(LinterFailed):
        lint(source, [*CODES, "E711"])

    if sys.platform == "linux":
        import resource

        most_kib = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        assert most_kib < 2 * 1024**2


def test_of_too_many_findings_the_first_are_read():
    hits = lint("y\n" * 100_000, CODES)

    assert 100 < len(hits) < 100_000
    assert [hit.line for hit in hits] == list(range(1, len(hits) + 1))


def test_a_name_as_long_as_a_file_may_be_is_read():
    (hit,) = lint("import " + "a" * 1_000_000, CODES)

    assert len(hit.name) == 1_000_000


def test_ruff_that_is_missing_is_told(monkeypatch):
    monkeypatch.setattr("ruff.__main__.find_ruff_bin", lambda: "/no/such/ruff")

    with pytest.raises(LinterFailed) as failed:
        lint("x = 1", CODES)

    assert failed.value.what == "ruff could not be run: No such file or directory"
    assert failed.value.fix == "Check that the environment is complete."


def test_ruff_that_was_never_installed_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "ruff.__main__", None)

    with pytest.raises(LinterFailed, match="ruff is not installed"):
        lint("x = 1", CODES)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("raise SystemExit(2)", "ruff ended with status 2"),
        ("import os; os.abort()", "ruff ended with status -6"),
        ("print('no JSON')", "ruff's answer cannot be read"),
        ("print('[]')", "ruff's answer cannot be read"),
        ("print('{}')", "ruff's answer cannot be read"),
        ("print('x' * 9_000_000)", "ruff ended with status -9"),
    ],
)
def test_ruff_that_fails_is_told(fake_ruff, body, what):
    fake_ruff(body)

    with pytest.raises(LinterFailed) as failed:
        lint("x = 1", CODES)

    assert failed.value.what == what


def test_ruff_that_takes_too_long_is_ended(fake_ruff, monkeypatch):
    monkeypatch.setattr(linting, "WALL_S", 0.3)
    fake_ruff("import time; time.sleep(60)")

    with pytest.raises(LinterFailed, match="status -9"):
        lint("x = 1\n" * 100_000, CODES)


def test_a_file_that_ruff_alone_cannot_read_is_our_fault():
    with pytest.raises(LinterFailed, match="ruff cannot read a file that Python can"):
        lint("def f(:", CODES)


@pytest.mark.skipif(sys.platform != "linux", reason="limits are Linux only")
def test_limits_are_set_before_anything_of_the_text_is_read(fake_ruff):
    fake_ruff(
        "import json, resource, sys\n"
        "sys.stdin.read()\n"
        "most = resource.getrlimit(resource.RLIMIT_AS)[1]\n"
        "place = {'row': most // 1024**2, 'column': 1}\n"
        "print(json.dumps({'location': place, 'code': 'F401', 'message': ''}))"
    )

    (hit,) = lint("x = 1", CODES)

    assert hit.line == 1024


@pytest.mark.parametrize("seed", ["0", "1", "271828"])
def test_the_same_is_found_whatever_the_hash_seed(seed):
    source = "import os, sys\\nfor i in []: y\\n"
    script = (
        "from graders.style.linting import lint\n"
        f"print(lint('{source}', {CODES!r} + ['B007']))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert [part[:2] for part in done.stdout.split("line=")[1:]] == ["1,"] * 2 + [
        "2,"
    ] * 2
