"""A comparison as one JSON document."""

import json
from typing import Any

from graders.similarity.comparing import Comparison, Pair, Settings
from graders.similarity.handed_in import Work
from graders.similarity.passages import Side
from graders.similarity.wording import HINT

SCHEMA = 1


def as_document(found: Comparison, assignment: str, settings: Settings) -> str:
    """For programs; texts are as they were handed in, but for their lines of code."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "assignment": assignment,
            "note": HINT,
            "least": settings.least,
            "common": settings.common,
            "students": found.num_students,
            "compared": found.num_works,
            "as_words": [_work(work) for work in found.as_words],
            "cut": [_work(work) for work in found.cut],
            "pairs": [_pair(pair) for pair in found.pairs],
            "clusters": [
                {
                    "members": [_work(work) for work in cluster.works],
                    "pairs": cluster.num_pairs,
                }
                for cluster in found.clusters
            ],
        },
        indent=2,
    )


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "one": _work(pair.one),
        "other": _work(pair.other),
        "likeness": round(pair.likeness, 4),
        "shares": [round(share, 4) for share in pair.shares],
        "functions": pair.functions,
        "shared": [
            {"kind": one.kind, "text": one.text, "students": one.count}
            for one in pair.shared
        ],
        "passages": [
            {"one": _side(match.one), "other": _side(match.other)}
            for match in pair.matches
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "function": side.name,
        "lines": [line.number for line in side.lines if line.same],
    }


def _work(work: Work) -> dict[str, Any]:
    return {
        "student": work.student,
        "attempt": work.number,
        "year": work.year,
        "sha256": work.sha256,
    }
