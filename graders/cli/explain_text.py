"""How a mark came about: as lines for a person, and as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from graders.cli.scores_text import mark_facts
from graders.errors import UsageError
from graders.ledger import claim_key
from graders.marks import nearest
from graders.marks.explanation import Explanation, Step
from graders.records import STYLE, Adjustment, Finding, MarkedItem, Outcome
from graders.reports.wording import OUTCOMES, points, visible

_MOST_QUESTIONS = 12


def require_item(found: Sequence[Explanation], item: str) -> None:
    """Refuses an item that no mark has.

    Raises:
        UsageError: with the nearest one.
    """
    known = [own.id for one in found for own in _items(one)]
    if item not in known:
        raise UsageError(
            f"there is no item {item!r}",
            "ITEM",
            nearest(item, known) or f"Items: {', '.join(dict.fromkeys(known))}.",
        )


def as_lines(one: Explanation, item: str | None) -> Iterator[str]:
    """What a person reads; with an item, all that was asked for it."""
    for line in _lines(one, item):
        yield visible(line)


def as_plain(found: Sequence[Explanation], item: str | None) -> str:
    """One document."""
    plain = [_plain(one, item) for one in found]
    whole = plain[0] if len(plain) == 1 else plain
    return json.dumps(whole, indent=2, ensure_ascii=False)


def _lines(one: Explanation, item: str | None) -> Iterator[str]:
    yield from _head(one)
    for own in _items(one):
        if item in (None, own.id):
            yield ""
            yield from _item_lines(one, own, whole=item is not None)
    yield ""
    yield "The mark"
    yield from (f"  {line}" for line in one.arithmetic or ["not graded yet"])
    given = [a for a in one.adjustments if item in (None, a.item) or not a.item]
    if given:
        yield ""
        yield "Points that persons gave"
        yield from (f"  {_adjustment(a)}" for a in given)
    yield ""
    yield f"Scores of this attempt{f', for {item}' if item else ''}"
    yield from (f"  {_step(step, item)}" for step in one.steps)
    yield ""
    yield "This is for the teacher: it shows what hidden checks ask."


def _head(one: Explanation) -> Iterator[str]:
    mark, graded = one.mark, one.graded
    group = f" (group {mark.group})" if mark.group else ""
    yield f"{mark.student}{group}, {graded.rubric.title} ({graded.name})"
    yield (
        f"  attempt {mark.attempt.number} of {len(one.attempts)}:"
        f" {mark.attempt.filename}, content {mark.attempt.content}"
    )
    yield (
        f"  handed in {_time(mark.attempt.submitted_at)},"
        f" first graded {_time(mark.attempt.received_at)}"
    )
    record = one.record
    if record is None:
        return
    layers = ", ".join(record.layers) or "nothing but limits"
    yield f"  walls {record.tier.value} ({layers})"
    yield f"  versions {', '.join(map(' '.join, record.versions))}"
    yield f"  seed {record.key.seed}, rubric version {graded.row.version}"
    yield f"  receipt {claim_key(record.key)}"
    if mark.standing is not None and mark.standing.note:
        yield f"  nothing could be run: {mark.standing.note}"


def _item_lines(one: Explanation, item: MarkedItem, *, whole: bool) -> Iterator[str]:
    outcome = OUTCOMES[item.outcome] if item.outcome else ""
    by_hand = ""
    if item.adjustment is not None:
        over = "" if item.automatic is None else f", over {points(item.automatic)}"
        by_hand = f", given by {item.adjustment.who}{over}"
    flag = "; what it was given over has changed since" if item.flagged else ""
    state = "waiting for a person" if item.waiting else outcome
    yield (
        f"{item.id} {item.title}: {points(item.points)} of {points(item.max_points)}"
        f"{f' ({state})' if state else ''}{by_hand}{flag}"
    )
    for found in _findings(one, item.id):
        if whole or found.outcome is not Outcome.PASSED:
            yield from _finding_lines(one, found, whole=whole)


def _finding_lines(one: Explanation, found: Finding, *, whole: bool) -> Iterator[str]:
    worth = one.check_points.get(found.check)
    told = "" if worth is None else f" ({_worth(worth)})"
    hidden = ", hidden" if found.hidden else ""
    title = found.title or found.check
    yield f"  {OUTCOMES[found.outcome]}: {title}{told}{hidden}  [{found.check}]"
    said = {
        "what": f"{found.what} {found.detail}".strip(),
        "where": found.where,
        "fix": found.fix,
    }
    for name, text in said.items():
        if text:
            yield f"    {name}: {text}"
    for name, value in found.measured:
        yield f"    measured: {name} {value:.6g}"
    if not whole:
        return
    questions = one.asked.get(found.check, ())
    for asked in questions[:_MOST_QUESTIONS]:
        room = "" if asked.room == "student" else "clean room: "
        yield f"    asked: {room}{asked.question} -> {asked.answer}"
    if len(questions) > _MOST_QUESTIONS:
        left = len(questions) - _MOST_QUESTIONS
        yield f"    and {left} questions more; --json has them all"


def _worth(value: float) -> str:
    return "1 point" if value == 1 else f"{points(value)} points"


def _adjustment(given: Adjustment) -> str:
    what = given.item or "the whole"
    if given.points is None:
        did = f"withdrew the points for {what}"
    else:
        over = "" if given.over_points is None else f" over {points(given.over_points)}"
        did = f"gave {points(given.points)}{over} for {what}"
    return f"{_time(given.at)} {given.who} {did}: {given.reason}"


def _step(step: Step, item: str | None) -> str:
    value = step.items.get(item, 0) if item else step.points
    shown = f"{_time(step.at)} {points(value)} points, rubric version"
    shown = f"{shown} {step.rubric_version}"
    if step.proposal is None:
        return f"{shown}, as graded"
    shown += f", proposal {step.proposal} ({step.kind}) by {step.who}: {step.reason}"
    if step.accepted is None:
        return f"{shown}; not decided"
    verdict = "accepted" if step.accepted else "turned down"
    why = f": {step.decided_why}" if step.decided_why else ""
    return f"{shown}; {verdict} by {step.decided_by} {_time(step.decided_at)}{why}"


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else "at a time not known"


def _items(one: Explanation) -> tuple[MarkedItem, ...]:
    return one.mark.mark.items if one.mark.mark else ()


def _findings(one: Explanation, item: str) -> tuple[Finding, ...]:
    if one.record is None:
        return ()
    if item == STYLE:
        return one.record.style
    return tuple(found for found in one.record.findings if found.task == item)


def _plain(one: Explanation, item: str | None) -> dict[str, Any]:
    mark, record = one.mark, one.record
    return {
        "assignment": one.graded.name,
        "title": one.graded.rubric.title,
        "rubric_version": one.graded.row.version,
        "student": mark.student,
        "group": mark.group,
        "attempt": mark.attempt.number,
        "attempts": [_times(asdict(attempt)) for attempt in one.attempts],
        "shows_hidden_inputs": True,
        "record": record
        and {
            "receipt": claim_key(record.key),
            "key": asdict(record.key),
            "tier": record.tier.value,
            "layers": list(record.layers),
            "versions": dict(record.versions),
            "duration_s": record.duration_s,
        },
        "mark": mark.mark and mark_facts(mark.mark),
        "arithmetic": list(one.arithmetic),
        "items": [
            {"item": own.id, "checks": [_check(one, f) for f in _findings(one, own.id)]}
            for own in _items(one)
            if item in (None, own.id)
        ],
        "adjustments": [_times(asdict(given)) for given in one.adjustments],
        "scores": [_times(asdict(step)) for step in one.steps],
    }


def _check(one: Explanation, found: Finding) -> dict[str, Any]:
    return {
        "check": found.check,
        "title": found.title,
        "hidden": found.hidden,
        "points": one.check_points.get(found.check),
        "outcome": found.outcome,
        "what": found.what,
        "where": found.where,
        "fix": found.fix,
        "detail": found.detail,
        "misconception": found.misconception,
        "measured": dict(found.measured),
        "asked": [asdict(asked) for asked in one.asked.get(found.check, ())],
    }


def _times(plain: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in plain.items()
    }
