"""Every folder of `tests/corpus` is a submission with a card that says what is due."""

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from graders.authoring.composing import compose
from graders.intake import read_submission
from graders.loading import rubric_limits
from graders.pipeline import grade
from graders.records import Finding, Outcome, Record
from graders.reports.json_document import render_json
from graders.reports.markdown import render_markdown
from graders.reports.terminal import print_record
from graders.sandbox import Limits

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "assignment2_cnn"
CASES = sorted(path.parent for path in CORPUS.glob("*/card.yaml"))
KEYS = {
    "why",  # what the case is about
    "file",  # the file that was handed in; cnn.py
    "base",  # `reference`: the file holds only what it does differently
    "tasks",  # grade these only
    "limits",  # other ceilings than the rubric's
    "points",  # per task
    "exact_total",  # of all tasks that were graded
    "outcomes",  # of some checks
    "says",  # each in what, where or how of a finding
    "says_not",  # in no finding, and in no report
    "hidden_says_not",  # in no finding of a hidden check
    "reports_say",  # in what the student gets to read
}


@pytest.fixture
def graded(assignment, sandbox, reference, tmp_path):
    """Grades a case as its card asks for."""

    def grade_case(folder: Path, card: dict[str, Any]) -> Record:
        path = folder / card.get("file", "cnn.py")
        if card.get("base") == "reference":
            text = compose(reference, path.read_text("utf-8"))
            path = tmp_path / path.name
            path.write_text(text, "utf-8")
        limits = rubric_limits(assignment.rubric)
        ceilings = {name: getattr(limits, name) for name in Limits.__dataclass_fields__}
        return grade(
            read_submission(path, "student_a"),
            assignment,
            sandbox,
            tasks=card.get("tasks"),
            limits=Limits(**{**ceilings, **card.get("limits", {})}),
        )

    return grade_case


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_submission_is_judged_as_its_card_says(folder, graded):
    card = yaml.safe_load((folder / "card.yaml").read_text("utf-8"))
    assert set(card) <= KEYS, "unknown keys on the card"

    record = graded(folder, card)

    told = "\n".join(map(words, record.findings))
    reports = rendered(record)
    due = {item.id: item.points for item in record.score.items}
    assert not [f.check for f in record.findings if f.outcome is Outcome.BROKEN], told
    for check, outcome in card.get("outcomes", {}).items():
        assert outcome_of(record, check) == outcome, told
    for task, points in card.get("points", {}).items():
        assert due[task] == points, told
    if "exact_total" in card:
        assert record.score.points == card["exact_total"], told
    for text in card.get("says", []):
        assert text in told
    for text in card.get("says_not", []):
        assert text not in told + "".join(reports)
    hidden = [f for f in record.findings if f.hidden]
    for text in card.get("hidden_says_not", []):
        assert not [f for f in hidden if text in f"{words(f)}{f.detail}{f.printed}"]
    for text in card.get("reports_say", []):
        assert text in reports[0]
    assert not [c for report in reports for c in report if is_control(c)]


def test_every_card_says_why_and_every_folder_has_one():
    folders = sorted(path for path in CORPUS.iterdir() if path.is_dir())

    cards = [yaml.safe_load((path / "card.yaml").read_text("utf-8")) for path in CASES]

    assert folders == CASES
    assert all(card["why"].endswith(".") for card in cards)


def words(finding: Finding) -> str:
    return (
        f"{finding.check} {finding.outcome.value}: {finding.what}\n"
        f"{finding.where}\n{finding.fix}"
    )


def outcome_of(record: Record, check: str) -> str:
    return next(f.outcome.value for f in record.findings if f.check == check)


def rendered(record: Record) -> list[str]:
    """The record in every format; the first is the student's report."""
    on_terminal = io.StringIO()
    print_record(record, Console(file=on_terminal, width=100))
    return [render_markdown(record), render_json(record), on_terminal.getvalue()]


def is_control(character: str) -> bool:
    return character not in "\n\t" and not character.isprintable()
