"""The table is the architecture: who may import whom."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GRADERS = ROOT / "graders"

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "yaml_files": {"errors"},
    "whole_files": {"errors"},
    "wire": {"errors"},
    "records": {"wire"},
    "worker": {"wire", "errors"},
    "intake": {"records", "errors"},
    "sandbox": {"wire", "records", "errors"},  # starts worker, never imports it
    "checks": {"wire", "records", "errors", "yaml_files"},
    "suites": {"checks", "errors", "records", "wire"},
    "rubric": {"records", "errors", "yaml_files"},
    "style": {"records", "errors"},
    "reports": {"records"},
    "assignments": {"errors"},
    "loading": {"assignments", "checks", "errors", "rubric", "sandbox"},
    "keys": {"loading", "records"},
    "pipeline": {
        *("checks", "errors", "keys", "loading", "records", "rubric"),
        *("sandbox", "style"),
    },
    "ledger": {"errors", "records"},
    "marks": {"errors", "ledger", "records", "rubric", "wire"},
    "regrade": {
        *("assignments", "errors", "keys", "ledger", "loading", "marks", "pipeline"),
        *("records", "rubric"),
    },
    "batch": {
        *("assignments", "errors", "keys", "ledger", "loading", "marks", "pipeline"),
        *("records", "reports", "rubric", "sandbox", "whole_files", "wire"),
    },
    "review": {"errors", "ledger", "marks", "records", "reports", "rubric"},
    "similarity": {"assignments", "errors", "ledger", "marks", "records", "reports"},
    "authoring": {"errors", "assignments", "records"},
    "exports": {
        *("errors", "ledger", "marks", "records", "reports", "rubric", "whole_files"),
    },
    "validation": {
        *("authoring", "checks", "errors", "keys", "loading", "pipeline"),
        *("records", "reports", "rubric", "sandbox", "wire", "yaml_files"),
    },
    "cli": {
        *("assignments", "batch", "errors", "intake", "keys", "ledger", "loading"),
        *("authoring", "exports", "marks", "pipeline", "records", "regrade"),
        *("reports", "review", "rubric", "sandbox", "similarity", "validation"),
    },
}
MAY_IMPORT_OF_COURSE = {"suites": {"course.datasets", "course.errors"}}
# What students write, or what stands in for it, is read and never imported.
TEXTS = ("reference.py", "wheats", "mutants", "sample_class")


def imported_modules(text: str) -> set[str]:
    """Full names of all that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not used here"
            module = node.module or ""
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


def part_of(path: Path) -> str:
    """`graders/checks/suite.py` is of `checks`, `graders/errors.py` of `errors`."""
    return path.relative_to(GRADERS).parts[0].removesuffix(".py")


def own_files() -> list[Path]:
    return [
        path
        for path in sorted(GRADERS.rglob("*.py"))
        if path != GRADERS / "__init__.py"
        and not any(part in TEXTS for part in path.parts)
    ]


def breaches(path: Path, text: str) -> list[str]:
    """The imports of a file that its row does not allow."""
    part = part_of(path)
    allowed = {part, *MAY_IMPORT.get(part, ())}
    found = []
    for name in sorted(imported_modules(text)):
        first, *rest = name.split(".")
        if first == "graders" and rest[0] not in {*allowed, "__version__"}:
            found.append(f"{path.relative_to(ROOT)} imports {name}")
        if first in ("course", "assignments", "tests") and not any(
            name.startswith(known) for known in MAY_IMPORT_OF_COURSE.get(part, ())
        ):
            found.append(f"{path.relative_to(ROOT)} imports {name}")
    return found


def test_no_file_imports_what_its_row_does_not_allow():
    found = [line for path in own_files() for line in breaches(path, path.read_text())]

    assert found == []


def test_the_table_has_a_row_for_every_part_and_no_other():
    parts = {part_of(path) for path in own_files()}

    assert parts == MAY_IMPORT.keys()


def test_the_table_names_only_parts_that_exist():
    named = set().union(*MAY_IMPORT.values())

    assert named <= MAY_IMPORT.keys()


def test_the_table_has_no_circle():
    left = dict(MAY_IMPORT)
    while free := [part for part, needs in left.items() if not needs & left.keys()]:
        for part in free:
            del left[part]

    assert left == {}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("checks/student.py", "from graders.sandbox import Room"),
        ("checks/student.py", "import graders.pipeline"),
        ("checks/student.py", "from graders import worker"),
        ("checks/student.py", "def f():\n    from graders.suites import x"),
        ("sandbox/pool.py", "from graders.worker import serve"),
        ("worker/serve.py", "import graders.records.finding"),
        ("reports/markdown.py", "from graders.errors import UsageError"),
        ("checks/student.py", "from course.datasets import load_arrays"),
        ("suites/assignment2_cnn/data.py", "import course.lessons"),
        ("errors.py", "from tests.conftest import SUITE"),
    ],
)
def test_a_forbidden_import_is_found(file, text):
    found = breaches(GRADERS / file, text)

    assert len(found) == 1


def test_the_worker_imports_nothing_of_the_grader_but_the_wire_and_the_errors():
    names = {
        name.split(".")[1]
        for path in (GRADERS / "worker").glob("*.py")
        for name in imported_modules(path.read_text())
        if name.startswith("graders.")
    }

    assert names <= {"wire", "errors", "worker"}


def loaded_by(code: str) -> set[str]:
    """Top-level modules that a fresh process has loaded after some code."""
    script = (
        f"{code}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(done.stdout.split())


def test_the_grader_never_loads_tensorflow_into_its_own_process():
    loaded = loaded_by(
        "from graders.loading import load_assignment\n"
        "from graders.assignments import find_assignment\n"
        "load_assignment(find_assignment('assignment2'))"
    )

    assert "numpy" in loaded
    assert not loaded & {"tensorflow", "keras"}


def test_what_a_process_loads_is_seen():
    assert "colorsys" in loaded_by("import colorsys")


def test_grading_ones_own_file_loads_no_database_and_no_cluster():
    loaded = loaded_by(
        "import graders.cli.grade, graders.cli.progress, graders.pipeline"
    )

    assert not loaded & {"sqlalchemy", "alembic", "distributed", "dask", "psycopg"}


def test_a_class_graded_here_loads_no_cluster():
    loaded = loaded_by("import graders.batch, graders.cli.workplaces, graders.ledger")

    assert "sqlalchemy" in loaded
    assert not loaded & {"alembic", "distributed", "dask"}
