"""A record in every format, and what no format may show of a hostile submission."""

import io
import json
import re

from rich.console import Console

from graders.records import Finding, Record
from graders.reports.json_document import render_json
from graders.reports.markdown import render_markdown
from graders.reports.terminal import print_record

# Attacks put this word before whatever shall not be read as ours.
INJECTED = "INJECTED"
# And this one before what shall not begin a line of its own, such as a file's name.
SPOOF = "SPOOF"
_MARKUP = re.compile(r"(?<!\\)(<[A-Za-z/!]|!\[|\]\()")
_FENCE = re.compile(r"^(`{3,})")


def rendered(record: Record) -> list[str]:
    on_terminal = io.StringIO()
    print_record(record, Console(file=on_terminal, width=100))
    return [render_markdown(record), render_json(record), on_terminal.getvalue()]


def faults_of(record: Record) -> list[str]:
    """What is wrong with the reports, whatever was graded."""
    markdown, document, terminal = rendered(record)
    found = []
    shown = {c for text in (markdown, document, terminal) for c in text}
    odd = sorted(hex(ord(c)) for c in shown if c not in "\n\t" and not c.isprintable())
    if odd:
        found.append(f"a report holds the characters {odd}")
    if json.loads(document)["score"] != record.score.points:
        found.append("the JSON document holds another score")
    plain = outside_fences(markdown)
    if _MARKUP.search(plain):
        found.append("there is live markup outside of a code block")
    if any(line.lstrip("#-* ").startswith(SPOOF) for line in plain.splitlines()):
        found.append("text of the submission begins a line of its own")
    if INJECTED in plain:
        found.append("text of the submission stands outside of a code block")
    if plain.count("points**") != 1:
        found.append("the Markdown report states its score not exactly once")
    return found


def outside_fences(markdown: str) -> str:
    """The lines of a Markdown text that are in no fenced block."""
    kept, fence = [], ""
    for line in markdown.splitlines():
        found = _FENCE.match(line)
        if not fence and found:
            fence = found.group(1)
        elif fence and line.strip() == fence:
            fence = ""
        elif not fence:
            kept.append(line)
    return "\n".join(kept)


def told(findings: tuple[Finding, ...]) -> str:
    return "\n".join(
        f"{f.check} {f.outcome.value}: {f.what}\n{f.where}\n{f.fix}" for f in findings
    )
