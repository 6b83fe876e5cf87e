"""A harness as instructors write them for Gradescope: unittest and gradescope-utils.

Each submission gets the folders of Gradescope's container and its `run_autograder`;
the start of the container itself, which Gradescope adds, is left out.
"""

import json
import shutil
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.peers.assertions import ASSERTIONS, PREPARE, write_data
from benchmarks.peers.system import Environment, Peer

_HEAD = f"""\
import unittest

from cnn import build_model, train
from gradescope_utils.autograder_utils.decorators import number, weight


class TestCnn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
{textwrap.indent(PREPARE, "        ")}
        globals().update(locals())
"""
_TEST = """
    @weight(1)
    @number("{index}")
    def test_{index}_{name}(self):
{body}"""
_RUN_TESTS = """\
import unittest

from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

if __name__ == "__main__":
    suite = unittest.defaultTestLoader.discover("tests")
    with open("../results/results.json", "w") as stream:
        JSONTestRunner(visibility="visible", stream=stream).run(suite)
"""
_RUN_AUTOGRADER = """\
#!/bin/sh
set -e
cp submission/cnn.py source/cnn.py
cd source
python run_tests.py
"""


class UnittestHarness(Peer):
    """One process per submission, which imports TensorFlow and runs five tests."""

    name = "unittest harness (gradescope-utils)"

    def prepare(self, processes: int) -> None:
        text = _HEAD + "".join(
            _TEST.format(index=index, name=name, body=textwrap.indent(body, " " * 8))
            for index, (name, body) in enumerate(ASSERTIONS.items(), 1)
        )
        for student in self.students:
            folder = self._folder(student)
            for name in ("source/tests", "submission", "results"):
                (folder / name).mkdir(parents=True)
            (folder / "source" / "tests" / "test_cnn.py").write_text(text, "utf-8")
            (folder / "source" / "run_tests.py").write_text(_RUN_TESTS, "utf-8")
            (folder / "run_autograder").write_text(_RUN_AUTOGRADER, "utf-8")
            write_data(folder / "source")
            shutil.copy(
                self.class_folder / student / "cnn.py", folder / "submission" / "cnn.py"
            )

    def clear(self, processes: int) -> None:
        for student in self.students:
            self._results(student).unlink(missing_ok=True)

    def grade(self, processes: int, threads: Environment) -> None:
        def grade_one(student: str) -> None:
            self.run(["sh", "run_autograder"], threads, self._folder(student))

        with ThreadPoolExecutor(processes) as pool:
            list(pool.map(grade_one, self.students))

    def scores(self) -> dict[str, float]:
        shares = {}
        for student in self.students:
            result = json.loads(self._results(student).read_text("utf-8"))
            shares[student] = result["score"] / len(ASSERTIONS)
        return shares

    def _results(self, student: str) -> Path:
        return self._folder(student) / "results" / "results.json"

    def _folder(self, student: str) -> Path:
        return self.work / student / "autograder"
