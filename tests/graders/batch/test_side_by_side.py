"""Two graders on one machine share nothing but the machine."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graders.records import Tier
from graders.sandbox.probing import strongest_walls
from tests.hostile.runner import EXERCISE

ROOT = Path(__file__).resolve().parents[3]
GRADE_A_CLASS = """
import json, sys
from pathlib import Path
from graders.intake import find_submissions
from graders.ledger import Ledger
from graders.sandbox.probing import strongest_walls
from tests.hostile.runner import load_exercise
from tests.stand_ins.batches import grade_here, points_in

submitted, out = map(Path, sys.argv[1:])
exercise = load_exercise()
with Ledger(f"sqlite:///{out}.sqlite3", "ta") as ledger:
    found = list(find_submissions(submitted, "work.py"))
    grade_here(found, exercise, ledger, workers=1, walls=strongest_walls())
    print(json.dumps(points_in(ledger, exercise)))
"""


@pytest.mark.long
@pytest.mark.timeout(300)
def test_two_runs_at_once_each_get_the_right_scores(tmp_path):
    if strongest_walls().tier == Tier.NONE:
        pytest.skip("this machine offers no walls: `grade doctor` tells why")
    right = (EXERCISE / "reference.py").read_text("utf-8")
    texts = {"right": right, "wrong": "x = 1\n"}
    runs = {}
    for name, text in texts.items():
        submitted = tmp_path / f"{name}_submitted"
        submitted.mkdir()
        for number in range(2):
            own = f"{text}\n# {number}\n"
            (submitted / f"student_{number}.py").write_text(own, "utf-8")
        command = [sys.executable, "-c", GRADE_A_CLASS, submitted, tmp_path / name]
        runs[name] = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)

    told = {name: json.loads(run.communicate()[0]) for name, run in runs.items()}

    assert told == {
        "right": {"student_0": 16, "student_1": 16},
        "wrong": {"student_0": 0, "student_1": 0},
    }
