"""A validation as one HTML file that needs nothing else: the survivors as diffs."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from graders.errors import ResultsNotWritten
from graders.validation.killing import Fate, kills_by_check, tally, tally_by_task
from graders.validation.plotting import plot_thresholds
from graders.validation.validating import Validation

_TEMPLATES = Path(__file__).parent / "templates"


def write_report(found: Validation, folder: Path) -> Path:
    """Writes `report.html`.

    Raises:
        ResultsNotWritten: if the folder takes no file.
    """
    path = folder / "report.html"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(render_html(found), "utf-8")
    except OSError as error:
        raise ResultsNotWritten(
            f"the report cannot be written: {error}",
            str(path),
            "Free some space, or name another folder with --out.",
        ) from error
    return path


def render_html(found: Validation) -> str:
    """The whole page."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    calibration = found.calibration
    plot = plot_thresholds(calibration) if calibration and calibration.gates else ""
    return environment.get_template("report.html").render(
        found=found,
        listing=found.assignment.listing,
        gates=found.assignment.rubric.gates,
        whole=sum(trial.points == trial.max_points for trial in found.right),
        solutions=len({trial.solution for trial in found.right}),
        tally=tally(found.cases),
        by_task=tally_by_task(found.cases),
        by_check=sorted(kills_by_check(found.cases).items()),
        survivors=[case for case in found.cases if case.fate is Fate.SURVIVED],
        equivalents=[case for case in found.cases if case.fate is Fate.EQUIVALENT],
        # Our own drawing of our own numbers.
        plot=Markup(plot[plot.find("<svg") :]),
    )
