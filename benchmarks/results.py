"""`results.json`: what was measured, on what, when; one section per program."""

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

PATH = Path(__file__).resolve().parent / "results.json"
SCHEMA = 1
Row = dict[str, Any]


def read() -> dict[str, Any]:
    """All sections that have been measured so far."""
    if not PATH.is_file():
        return {"schema": SCHEMA}
    data: dict[str, Any] = json.loads(PATH.read_text("utf-8"))
    return data


def update(section: str, content: dict[str, Any]) -> dict[str, Any]:
    """Writes one section anew, with where and when it was measured."""
    data = {**read(), "schema": SCHEMA, section: {**_where_and_when(), **content}}
    text = json.dumps(_rounded(data), indent=2) + "\n"
    partial = PATH.with_suffix(".partial")
    partial.write_text(text, "utf-8")
    partial.replace(PATH)
    return data


def _where_and_when() -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "tensorflow": version("tensorflow"),
        "keras": version("keras"),
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    return names[0] if names else "unknown"


def _rounded(value: Any) -> Any:
    """Four digits after the point: a clock's last digits are noise."""
    if isinstance(value, dict):
        return {name: _rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 4) if isinstance(value, float) else value
