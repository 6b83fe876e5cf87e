"""The distribution behind a threshold, as a picture that is text.

Places are percentages and sizes are those of the page, so that it fits a phone without
its letters getting small. Colours are the page's: light or dark.
"""

from dataclasses import dataclass
from math import isfinite

from markupsafe import Markup

from graders.rubric.calibration import GateCalibration

_MARGIN = 0.06
_BANDS = (("right", 19), ("wrong", 60))
_HEIGHT, _MARK, _AXIS = 124, 20, 86


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values of a picture, as percentages of its width."""

    low: float
    high: float

    def place(self, value: float) -> str:
        """Where a value is."""
        return f"{100 * (value - self.low) / (self.high - self.low):.2f}%"


def plot_threshold(name: str, gate: GateCalibration, *, at_least: bool) -> Markup:
    """An SVG: a mark for each run, right solutions above wrong ones, and the threshold.

    The same calibration gives the same text. A value that is not finite has no place,
    and is left to the table.

    Args:
        name: of the threshold.
        gate: what was measured.
        at_least: whether values to the right of the threshold pass.
    """
    scale = _scale(gate)
    passing = "right" if at_least else "left"
    label = f"{name}: a mark for each run; what is {passing} of the line passes"
    parts = [
        Markup('<svg class="strip" height="{}" role="img" aria-label="{}">').format(
            _HEIGHT, label
        ),
        _shade(gate.bound, scale, at_least=at_least),
        _line(gate.bound, scale),
    ]
    for (band, top), samples in zip(_BANDS, (gate.right, gate.wrong), strict=True):
        for sample in samples:
            parts += [
                _mark(value, f"{sample.solution}: {value:g}", band, top, scale)
                for value in sample.values
                if isfinite(value)
            ]
        parts.append(_text(f"{band} solutions", "0", top - 5))
    parts += [_axis(scale), Markup("</svg>")]
    return Markup("\n").join(parts)


def _scale(gate: GateCalibration) -> _Scale:
    samples = (*gate.right, *gate.wrong)
    values = [value for sample in samples for value in sample.values]
    shown = [gate.bound, *filter(isfinite, values)]
    low, high = min(shown), max(shown)
    margin = _MARGIN * ((high - low) or abs(high) or 1.0)
    return _Scale(low - margin, high + margin)


def _mark(value: float, title: str, band: str, top: int, scale: _Scale) -> Markup:
    x = scale.place(value)
    return Markup(
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"><title>{}</title></line>'
    ).format(band, x, x, top, top + _MARK, title)


def _shade(bound: float, scale: _Scale, *, at_least: bool) -> Markup:
    """What does not pass."""
    place = scale.place(bound)
    x, width = ("0", place) if at_least else (place, f"{100 - float(place[:-1]):.2f}%")
    return Markup('<rect class="failing" x="{}" y="0" width="{}" height="{}"/>').format(
        x, width, _AXIS
    )


def _line(bound: float, scale: _Scale) -> Markup:
    x = scale.place(bound)
    line = Markup('<line class="bound" x1="{}" x2="{}" y1="0" y2="{}"/>').format(
        x, x, _AXIS
    )
    share = float(x[:-1])
    anchor = "start" if share < 20 else "end" if share > 80 else "middle"
    return line + _text(f"threshold {bound:g}", x, _AXIS + 32, anchor)


def _axis(scale: _Scale) -> Markup:
    return (
        Markup('<line class="axis" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(_AXIS)
        + _text(f"{scale.low:.3g}", "0", _AXIS + 15, "start")
        + _text(f"{scale.high:.3g}", "100%", _AXIS + 15, "end")
    )


def _text(text: str, x: str, y: int, anchor: str = "start") -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
        x, y, anchor, text
    )
