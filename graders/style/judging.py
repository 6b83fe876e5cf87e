"""What ruff found → findings, in words a student can act on."""

import re
from collections import Counter

from loguru import logger

from graders.records import STYLE, Finding, Outcome, Stage
from graders.style.linting import Hit, LinterFailed, lint
from graders.style.stages import Rule, rule_of, rules_of

MOST_FINDINGS = 100
_LONGEST_NAME = 60
_LINE_END = re.compile(r"\r\n|\r|\n")  # as Python counts lines


def judge_style(
    source: str, stage: Stage, *, filename: str, given: str = ""
) -> tuple[Finding, ...]:
    """What the rules of a stage have to say of a file that compiles.

    A finding is failed, whether or not it costs anything: that is for the rubric to
    say. If there is nothing to say, there is one finding that passed.

    Args:
        source: the text.
        stage: whose rules are asked for.
        filename: as the findings name it.
        given: the text that students begin with; what is found in both is not theirs.
    """
    rules = rules_of(stage)
    try:
        # An empty text has nothing to be found, and needs no process.
        begun_with = {mark for _, mark in _marked(given, rules)} if given else set()
        hits = [hit for hit, mark in _marked(source, rules) if mark not in begun_with]
    except LinterFailed as error:
        logger.error("the style was not judged: {}", error.what)
        what = (
            "The style of your file could not be judged; the fault is the grader's and"
            " costs no points."
        )
        return (_of_the_file(Outcome.BROKEN, what, f"The reason: {error.what}."),)
    findings = _findings(hits[:MOST_FINDINGS], rules, filename)
    return findings or (_of_the_file(Outcome.PASSED),)


def unreadable_style() -> tuple[Finding, ...]:
    """What is said of a file that is no Python."""
    what = "Not run, because your file cannot be read as Python."
    return (_of_the_file(Outcome.BLOCKED, what),)


def _of_the_file(outcome: Outcome, what: str = "", detail: str = "") -> Finding:
    return Finding(
        outcome=outcome,
        check=f"{STYLE}.file",
        task=STYLE,
        title="Style of the file",
        what=what,
        detail=detail,
    )


def _marked(
    text: str, rules: tuple[Rule, ...]
) -> list[tuple[Hit, tuple[str, str, str]]]:
    """Each hit, and what it is known by in another version of the text."""
    codes = [code for rule in rules for code in rule.codes]
    lines = _LINE_END.split(text)
    return [
        (hit, (hit.code, hit.name, lines[hit.line - 1].strip()))
        for hit in lint(text, codes)
    ]


def _findings(
    hits: list[Hit], rules: tuple[Rule, ...], filename: str
) -> tuple[Finding, ...]:
    found: list[Finding] = []
    counts: Counter[str] = Counter()
    for hit in hits:
        rule = rule_of(hit.code, rules)
        if rule is not None:
            counts[rule.name] += 1
            found.append(_finding(hit, rule, filename, counts[rule.name]))
    return tuple(found)


def _finding(hit: Hit, rule: Rule, filename: str, number: int) -> Finding:
    name = hit.name
    if len(name) > _LONGEST_NAME:
        name = f"{name[:_LONGEST_NAME]}..."
    return Finding(
        outcome=Outcome.FAILED,
        check=f"{STYLE}.{rule.name}.{number}",
        task=STYLE,
        title=rule.title,
        what=rule.what.replace("{name}", name),
        where=f"{filename}:{hit.line}",
        fix=rule.fix.replace("{name}", name),
        detail=rule.why,
    )
