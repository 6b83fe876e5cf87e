"""A grading as Markdown: the report of one student."""

import textwrap

from graders.records import STYLE, Finding, Mark, Record
from graders.reports.accounting import accounting
from graders.reports.shown import Shown, ShownItem, shown
from graders.reports.shown_wording import headline, outcome_of
from graders.reports.wording import (
    OUTCOMES,
    how,
    of_style,
    points,
    points_of,
    shown_printed,
    shown_what,
    unpassed,
    untold,
    visible,
)

_wrap = textwrap.TextWrapper(
    width=80, break_long_words=False, break_on_hyphens=False, expand_tabs=False
).wrap
_VERSIONS = ("python", "keras", "tensorflow")
_ESCAPED = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~!"})


def render_markdown(
    record: Record,
    mark: Mark | None = None,
    *,
    hidden_shown: bool = True,
    hidden_until: str = "",
) -> str:
    """The report: a table of the items, then each with something to do.

    Args:
        record: the grading.
        mark: what it counts; None if nothing but its checks does.
        hidden_shown: whether the student may see what hidden checks found. If not,
            nothing tells of it.
        hidden_until: when they may, as a sentence ends: "after the due date". Empty if
            never.
    """
    seen = shown(record, mark, hidden_shown=hidden_shown)
    lines = [
        f"# {_plain(record.assignment)}: {_plain(record.student)}",
        "",
        f"**{_plain(headline(seen, hidden_until))}**"
        + (" (public checks only)" if record.public_only else ""),
        "",
        "| task | outcome | points |",
        "|---|---|---|",
        *(_row(item) for item in seen.items),
        "",
        *_accounting(seen),
    ]
    if seen.problem is not None:
        lines += ["## The file could not be graded", ""]
        lines += _finding(seen.problem, set())
    else:
        for item in seen.items:
            lines += _style(item, seen) if item.id == STYLE else _item(item)
        lines += _style(seen.advice, seen) if seen.advice else []
    return "\n".join([*lines, *_receipt(record)])


def _row(item: ShownItem) -> str:
    earned = points_of(item)
    if item.adjustment is not None and item.automatic is not None:
        earned += f", by checks {points(item.automatic)}"
    return f"| {item.id} {_plain(item.title)} | {outcome_of(item)} | {earned} |"


def _accounting(seen: Shown) -> list[str]:
    sentences = accounting(seen)
    if not sentences:
        return []
    lines = [f"- {_plain(sentence)}" for sentence in sentences]
    return ["## How the points come about", "", *lines, ""]


def _item(item: ShownItem) -> list[str]:
    findings, sentences = unpassed(item.findings), untold(item.findings)
    if not findings and not sentences:
        return []
    lines = [f"## {item.id} {_plain(item.title)}", ""]
    told: set[str] = set()
    for finding in findings:
        lines += _finding(finding, told)
    return [*lines, *(line for one in sentences for line in (_plain(one), ""))]


def _style(item: ShownItem, seen: Shown) -> list[str]:
    findings, more = of_style(item.findings)
    notes = [note for note in (more, seen.unopened) if note]
    if not findings and not notes:
        return []
    lines = [f"## {_plain(item.title)}", ""]
    for finding in findings:
        lines += [
            f"- {_plain(finding.where)}: {_plain(shown_what(finding))}"
            f" {_plain(finding.fix)}".rstrip()
        ]
    return [*lines, "", *(line for note in notes for line in (_plain(note), ""))]


def _receipt(record: Record) -> list[str]:
    key = record.key
    versions = "".join(
        f", {name} {_plain(number)}"
        for name, number in record.versions
        if name in _VERSIONS
    )
    return [
        "---",
        f"Receipt: submission {key.submission}, suite {key.suite}, data {key.data},"
        f" environment {key.environment}, seed {key.seed}, walls {record.tier}"
        f"{versions}.",
        "",
    ]


def _finding(finding: Finding, told: set[str]) -> list[str]:
    kind = "hidden check" if finding.hidden else "check"
    lines = [f"### {_plain(finding.title)} ({kind}: {OUTCOMES[finding.outcome]})", ""]
    lines += _fenced(_wrapped(shown_what(finding)))
    if finding.where:
        lines += ["- where: " + _plain(finding.where)]
    if finding.fix:
        lines += ["- how: " + _plain(" ".join(how(finding, told).split()))]
    if printed := shown_printed(finding):
        lines += ["", "It printed:", "", *_fenced(printed)]
    return [*lines, ""]


def _wrapped(text: str) -> str:
    """Lines of a block are not broken where they are shown, so here."""
    lines = (_wrap(line) or [""] for line in text.split("\n"))
    return "\n".join(line for parts in lines for line in parts)


def _fenced(text: str) -> list[str]:
    """A code block whose fence is longer than any in the text."""
    fence = "```"
    while fence in text:
        fence += "`"
    return [f"{fence}text", text, fence, ""]


def _plain(text: str) -> str:
    return visible(text).replace("\n", " ").translate(_ESCAPED)
