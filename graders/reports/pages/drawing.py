"""Numbers → SVG that is text: lines, bars and cells.

Places along the width are percentages, so that a picture fits a phone without its
letters getting small. Colours are the page's, light or dark. Nothing here is a style
attribute: the policy of a page allows none.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from markupsafe import Markup, escape

_TOP, _PLOT, _BELOW = 14, 120, 24
_SHADES = 12
_CELL = {True: (52, 32), False: (10, 10)}
_MOST_WITH_NUMBERS = 8

Place = tuple[float, float]


def number(value: float) -> str:
    """A number in few digits.

    >>> number(0.123456), number(-0.0), number(12345)
    ('0.123', '0', '12345')
    """
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.3g}"


def lines(
    curves: Sequence[Sequence[Place]], label: str, x_label: str, breaks: Sequence[float]
) -> Markup:
    """A line for each curve, in the order of the legend.

    Args:
        curves: places `(x, y)`, from left to right.
        label: names the picture.
        x_label: of the axis.
        breaks: values of x at which something new begins.
    """
    xs = [x for curve in curves for x, _ in curve]
    ys = [y for curve in curves for _, y in curve]
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    if low == high:  # A level line, in the middle.
        low, high = low - 0.5, high + 0.5
    width, height = (right - left) or 1, high - low

    def place(x: float, y: float) -> Place:
        return 100 * (x - left) / width, 100 * (high - y) / height

    parts = [_start("chart", label), _frame(number(low), number(high))]
    for x in (x for x in breaks if left < x < right):
        at = f"{place(x, low)[0]:.2f}%"
        parts.append(_line("break", at, at, _TOP, _TOP + _PLOT))
    for index, curve in enumerate(curves):
        parts.append(_curve(index, [place(x, y) for x, y in curve]))
    parts.append(_text(number(left), "0", _TOP + _PLOT + 16))
    parts.append(_text(x_label, "50%", _TOP + _PLOT + 16, "middle"))
    parts.append(_text(number(right), "100%", _TOP + _PLOT + 16, "end"))
    return _joined([*parts, Markup("</svg>")])


def bars(values: Sequence[float], names: Sequence[str], label: str) -> Markup:
    """A bar for each value, with its name below and its number on top."""
    most = max(values) or 1
    step = 100 / len(values)
    parts = [_start("chart bars", label), _frame("", "")]
    for index, (value, name) in enumerate(zip(values, names, strict=True)):
        height = _PLOT * value / most
        middle = f"{step * (index + 0.5):.2f}%"
        parts.append(
            Markup(
                f'<rect class="bar" x="{step * (index + 0.1):.2f}%"'
                f' y="{_TOP + _PLOT - height:.1f}" width="{step * 0.8:.2f}%"'
                f' height="{height:.1f}"/>'
            )
        )
        if value:
            top = _TOP + _PLOT - height - 3
            parts.append(_text(number(value), middle, top, "middle"))
        parts.append(_text(name, middle, _TOP + _PLOT + 16, "middle"))
    return _joined([*parts, Markup("</svg>")])


def cells(
    values: np.ndarray,
    label: str,
    *,
    largest: float,
    rows: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Markup:
    """A cell for each number: blue above zero, red below, deeper where it is larger.

    Args:
        values: (rows, columns).
        label: names the picture.
        largest: the magnitude of the deepest colour.
        rows: a name for each; none leaves no room for them.
        columns: the same.
    """
    with_numbers = max(values.shape) <= _MOST_WITH_NUMBERS
    width, height = _CELL[with_numbers]
    left, top = (30 if rows else 0), (20 if columns else 0)
    shades: dict[tuple[str, int], list[str]] = defaultdict(list)
    for (row, column), value in np.ndenumerate(values):
        shade = round(_SHADES * min(1.0, abs(value) / largest)) if largest else 0
        if shade:
            kind = "above" if value > 0 else "below"
            shades[kind, shade].append(
                _cell(left + column * width, top + row * height, width, height)
            )
    parts = [
        Markup(
            f'<path class="{kind}" fill-opacity="{0.6 * shade / _SHADES:.2f}"'
            f' d="{"".join(paths)}"/>'
        )
        for (kind, shade), paths in sorted(shades.items())
    ]
    if with_numbers:
        for (row, column), value in np.ndenumerate(values):
            x, y = left + (column + 0.5) * width, top + row * height + 21
            parts.append(_text(number(float(value)), f"{x:g}", y, "middle"))
    for index, name in enumerate(rows):
        y = top + (index + 0.5) * height + 5
        parts.append(_text(name, f"{left - 6}", y, "end", "name"))
    for index, name in enumerate(columns):
        x = left + (index + 0.5) * width
        parts.append(_text(name, f"{x:g}", top - 6, "middle", "name"))
    return _boxed("cells", label, parts, values.shape, (width, height), (left, top))


def image(values: np.ndarray, label: str, low: float, high: float) -> Markup:
    """A small grey image, black where it is lowest."""
    side = 8
    shades: dict[int, list[str]] = defaultdict(list)
    for (row, column), value in np.ndenumerate(values):
        share = (value - low) / (high - low) if high > low else 0
        shade = round(15 * min(1.0, max(0.0, share)))
        if shade:
            shades[shade].append(_cell(column * side, row * side, side, side))
    height, width = values.shape
    black = _cell(0, 0, width * side, height * side)
    parts = [
        Markup(f'<path fill="#{f"{shade:x}" * 3}" d="{"".join(paths)}"/>')
        for shade, paths in [(0, [black]), *sorted(shades.items())]
    ]
    return _boxed("image", label, parts, values.shape, (side, side), (0, 0))


def _boxed(
    kind: str,
    label: str,
    parts: Sequence[Markup],
    shape: Sequence[int],
    cell: tuple[int, int],
    room: tuple[int, int],
) -> Markup:
    """A picture of a fixed size that shrinks with the page."""
    width = room[0] + shape[1] * cell[0]
    height = room[1] + shape[0] * cell[1]
    start = Markup(
        '<svg class="{}" role="img" aria-label="{}" width="{}" height="{}"'
        ' viewBox="0 0 {} {}">'
    ).format(kind, label, width, height, width, height)
    frame = Markup(
        '<rect class="frame" x="{}" y="{}" width="{}" height="{}"/></svg>'
    ).format(*room, width - room[0], height - room[1])
    return start + _joined(parts) + frame


def _start(kind: str, label: str) -> Markup:
    height = _TOP + _PLOT + _BELOW
    return Markup('<svg class="{}" role="img" aria-label="{}" height="{}">').format(
        kind, label, height
    )


def _frame(low: str, high: str) -> Markup:
    return (
        _line("axis", "0", "100%", _TOP + _PLOT, _TOP + _PLOT)
        + _line("axis", "0", "0", _TOP, _TOP + _PLOT)
        + _text(high, "-6", _TOP + 5, "end")
        + _text(low, "-6", _TOP + _PLOT, "end")
    )


def _curve(index: int, places: Sequence[Place]) -> Markup:
    line = Markup(
        '<svg y="{}" width="100%" height="{}" viewBox="0 0 100 100"'
        ' preserveAspectRatio="none" overflow="visible"><polyline class="line{}"'
        ' points="{}" vector-effect="non-scaling-stroke"/></svg>'
    ).format(_TOP, _PLOT, index, " ".join(f"{x:.2f},{y:.2f}" for x, y in places))
    if len(places) > 40:
        return line
    dots = [
        Markup('<circle class="dot{}" cx="{:.2f}%" cy="{:.1f}" r="3"/>').format(
            index, x, _TOP + _PLOT * y / 100
        )
        for x, y in places
    ]
    return line + _joined(dots)


def _cell(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:g} {y:g}h{width:g}v{height:g}h-{width:g}z"


def _line(kind: str, x1: str, x2: str, y1: float, y2: float) -> Markup:
    return Markup(f'<line class="{kind}" x1="{x1}" x2="{x2}" y1="{y1:g}" y2="{y2:g}"/>')


def _text(
    text: str, x: str, y: float, anchor: str = "start", kind: str = "value"
) -> Markup:
    # Of all that is put together here, only texts and labels may be a submission's.
    return Markup(
        f'<text class="{kind}" x="{x}" y="{y:g}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("".join(parts))
