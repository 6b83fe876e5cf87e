"""Templates → pages: everything is escaped, and a policy keeps all else out."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from graders.reports.wording import visible

HOUSE = Path(__file__).parent / "templates"
_LONGEST = 5000
"""Characters of a text; what a submission printed is cut shorter before."""


def render_page(
    name: str, *, folder: Path = HOUSE, style: str, script: str = "", **values: Any
) -> str:
    """A whole page.

    Args:
        name: of the template, which extends `page.html`.
        folder: that it is in.
        style: name of a style sheet in the folder, beside the one of all pages.
        script: name of a script in the folder; empty for none.
        values: that the template is told.
    """
    css = _text(HOUSE, "house.css") + _text(folder, style)
    js = _text(folder, script) if script else ""
    return (
        environment(folder)
        .get_template(name)
        .render(css=Markup(css), script=Markup(js), policy=_policy(css, js), **values)
    )


@cache
def environment(folder: Path) -> Environment:
    """Templates of a folder, and those of all pages."""
    return Environment(
        loader=FileSystemLoader([folder, HOUSE]),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _harmless(value: Any) -> Any:
    """Text without what nobody sees, and not without end; then it is escaped."""
    if type(value) is not str:
        return value
    if len(value) > _LONGEST:
        value = f"{value[:_LONGEST]} ... ({len(value) - _LONGEST:,} more characters)"
    return visible(value)


@cache
def _text(folder: Path, name: str) -> str:
    # An element's text as browsers hash it has line feeds alone.
    return (folder / name).read_text("utf-8").replace("\r\n", "\n")


@cache
def _policy(css: str, js: str) -> str:
    """What the page may do: be styled and run as written here, and show pictures."""
    allowed = {
        "default-src": "'none'",
        "style-src": _hash(css),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    if js:
        allowed["script-src"] = _hash(js)
    return "; ".join(f"{what} {where}" for what, where in allowed.items())


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
