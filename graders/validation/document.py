"""A validation as one JSON document: the contract that other programs read."""

import json
from dataclasses import asdict
from typing import Any

from graders.validation.killing import Case, Fate, kills_by_check, tally, tally_by_task
from graders.validation.validating import Validation


def render_json(found: Validation) -> str:
    """One JSON object, with a newline at the end."""
    return json.dumps(as_document(found), ensure_ascii=False, indent=2) + "\n"


def as_document(found: Validation) -> dict[str, Any]:
    """The document as plain values."""
    counted = tally(found.cases)
    return {
        "assignment": found.assignment.listing.name,
        "accepted": found.accepted,
        "effort": {
            "gradings": found.gradings,
            "reused": found.reused,
            "seconds": round(found.seconds, 1),
        },
        "problems": [asdict(problem) for problem in found.problems],
        "right_solutions": {
            "solutions": len({trial.solution for trial in found.right}),
            "seeds": found.plan.seeds,
            "gradings": len(found.right),
            "whole": sum(trial.whole for trial in found.right),
        },
        "stub": {"points": found.stub.points},
        "catalogue": [
            {
                "misconception": solution.misconception,
                "task": solution.task,
                "lost": trial.lost_tasks,
                "named_in": [
                    told.check
                    for told in trial.lost
                    if told.misconception == solution.misconception
                ],
            }
            for solution, trial in found.catalogue
        ],
        "generated": {
            **asdict(counted),
            "share": round(counted.share, 4),
            "by_solution": {name: asdict(one) for name, one in found.drawn.items()},
            "by_task": {
                task: asdict(one) for task, one in tally_by_task(found.cases).items()
            },
            "by_check": {
                check: {"noticed": noticed, "alone": alone}
                for check, (noticed, alone) in kills_by_check(found.cases).items()
            },
            "survivors": [
                _case(case) for case in found.cases if case.fate is Fate.SURVIVED
            ],
            "equivalents": [
                _case(case) for case in found.cases if case.fate is Fate.EQUIVALENT
            ],
        },
        "thresholds": (
            # What diverged becomes null: JSON has no such number.
            json.loads(found.calibration.model_dump_json(by_alias=True))
            if found.calibration
            else None
        ),
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "id": case.mutant.id,
        "original": case.original,
        "line": case.mutant.line,
        "change": case.mutant.description,
        "diff": case.mutant.diff,
        "reason": case.reason,
        "confirmed": case.confirmed,
    }
