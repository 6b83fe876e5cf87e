"""`autograder.zip`: setup.sh, run_autograder, and this project as a wheel."""

import io
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

import jinja2

from graders.exports.autograder.wheel import Wheel
from graders.exports.gradescope import as_file, no_score

_HERE = Path(__file__).resolve().parent
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_SPARE_S = 30
NOT_FINISHED = (
    "Your submission was not graded: the autograder was ended before it was done, or"
    " ran out of time or memory. This is not a zero. The course staff can see why, and"
    " grade it again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What an autograder is made of.

    Args:
        assignment: name of the folder.
        tier: weakest walls to be content with.
        timeout_minutes: that the assignment has in Gradescope.
        wheel: of this project.
    """

    assignment: str
    tier: str
    timeout_minutes: int
    wheel: Wheel


def build_autograder(release: Release) -> bytes:
    """The zip; the same release gives the same bytes."""
    values = {
        "name": release.assignment,
        "tier": release.tier,
        "limit_s": release.timeout_minutes * 60 - _SPARE_S,
        "wheel": release.wheel.filename,
    }
    files = {
        "setup.sh": _rendered("setup.sh.j2", values),
        "run_autograder": _rendered("run_autograder.j2", values),
        "no_score.json": as_file(no_score(NOT_FINISHED)),
        release.wheel.filename: release.wheel.content,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            mode = 0o755 if name in ("setup.sh", "run_autograder") else 0o644
            entry.external_attr = (stat.S_IFREG | mode) << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def _rendered(template: str, values: dict[str, object]) -> bytes:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # shell scripts, of values that are ours
    )
    return environment.get_template(template).render(values).encode()
