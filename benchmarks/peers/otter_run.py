"""Otter-Grader: `otter run` per submission, tests in its exception-based format."""

import json
import shutil
import textwrap
from concurrent.futures import ThreadPoolExecutor

from benchmarks.peers.assertions import ASSERTIONS, PREPARE, write_data
from benchmarks.peers.environment import program
from benchmarks.peers.system import AS_IT_IS, Environment, Peer

_HEAD = f"""\
from otter.test_files import test_case

OK_FORMAT = False
name = "cnn"


def prepare(build_model, train):
{textwrap.indent(PREPARE, "    ")}
    globals().update(locals())
"""
_TEST = """

@test_case(name="{name}", points=1)
def test_{name}(build_model, train):
    if "probabilities" not in globals():
        prepare(build_model, train)
{body}"""


class OtterRun(Peer):
    """Writes `autograder.zip` with `otter generate`; every submission starts anew."""

    name = "otter run"

    def prepare(self, processes: int) -> None:
        tests = self.work / "tests"
        tests.mkdir()
        text = _HEAD + "".join(
            _TEST.format(name=name, body=textwrap.indent(body, "    "))
            for name, body in ASSERTIONS.items()
        )
        (tests / "cnn.py").write_text(text, "utf-8")
        data = write_data(self.work)
        command = [program("otter"), "generate", "--no-requirements"]
        command += ["--no-environment", "-t", "tests", data.name]
        self.run(command, AS_IT_IS, self.work)

    def clear(self, processes: int) -> None:
        shutil.rmtree(self.work / "results", ignore_errors=True)

    def grade(self, processes: int, threads: Environment) -> None:
        def grade_one(student: str) -> None:
            results = self.work / "results" / student
            results.mkdir(parents=True)
            command = [program("otter"), "run", "--no-logo", "-a", "autograder.zip"]
            submission = self.class_folder / student / "cnn.py"
            self.run(
                [*command, "-o", str(results), str(submission)], threads, self.work
            )

        with ThreadPoolExecutor(processes) as pool:
            list(pool.map(grade_one, self.students))

    def scores(self) -> dict[str, float]:
        shares = {}
        for student in self.students:
            path = self.work / "results" / student / "results.json"
            tests = json.loads(path.read_text("utf-8"))["tests"]
            got = sum(test.get("score", 0) for test in tests)
            shares[student] = got / len(ASSERTIONS)
        return shares
