"""A record as Markdown: the report of one student."""

import textwrap

from graders.records import Finding, ItemScore, Record, Score
from graders.reports.wording import (
    OUTCOMES,
    common_problem,
    how,
    of_style,
    points,
    shown_printed,
    shown_what,
    unopened,
    unpassed,
    untold,
    visible,
)

_wrap = textwrap.TextWrapper(
    width=80, break_long_words=False, break_on_hyphens=False, expand_tabs=False
).wrap
_ESCAPED = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~!"})


def render_markdown(record: Record) -> str:
    """The report: a table of the tasks, then each task with something to do."""
    score = record.score
    lines = [
        f"# {_plain(record.assignment)}: {_plain(record.student)}",
        "",
        f"**{points(score.points)} of {points(score.max_points)} points**"
        + (" (public checks only)" if record.public_only else ""),
        "",
        "| task | outcome | points |",
        "|---|---|---|",
        *(_row(item) for item in score.counted),
        "",
    ]
    problem = common_problem(record)
    if problem is not None:
        lines += ["## The file could not be graded", "", *_finding(problem, set())]
    else:
        for item in score.items:
            lines += _item(item)
        lines += _style(score)
    key = record.key
    lines += [
        "---",
        f"Receipt: submission {key.submission}, suite {key.suite}, data {key.data},"
        f" environment {key.environment}, seed {key.seed}, walls {record.tier}.",
        "",
    ]
    return "\n".join(lines)


def _row(item: ItemScore) -> str:
    return (
        f"| {item.id} {_plain(item.title)} | {OUTCOMES[item.outcome]}"
        f" | {points(item.points)} / {points(item.max_points)} |"
    )


def _item(item: ItemScore) -> list[str]:
    findings, sentences = unpassed(item.findings), untold(item.findings)
    if not findings and not sentences:
        return []
    lines = [f"## {item.id} {_plain(item.title)}", ""]
    told: set[str] = set()
    for finding in findings:
        lines += _finding(finding, told)
    return [*lines, *(line for one in sentences for line in (_plain(one), ""))]


def _style(score: Score) -> list[str]:
    if score.style is None:
        return []
    findings, more = of_style(score.style)
    notes = [note for note in (more, unopened(score)) if note]
    if not findings and not notes:
        return []
    lines = [f"## {_plain(score.style.title)}", ""]
    for finding in findings:
        lines += [
            f"- {_plain(finding.where)}: {_plain(shown_what(finding))}"
            f" {_plain(finding.fix)}".rstrip()
        ]
    return [*lines, "", *(line for note in notes for line in (_plain(note), ""))]


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
