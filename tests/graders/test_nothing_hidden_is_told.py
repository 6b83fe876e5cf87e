"""No report tells an input, an answer or a right value of a hidden check."""

import hashlib
import html
import io
import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from rich.console import Console

from graders.assignments import list_assignments
from graders.authoring.composing import compose
from graders.checks import is_public
from graders.loading import load_assignment
from graders.pipeline import grade, open_sandbox
from graders.records import Observation, Outcome, Record, Submission
from graders.reports.json_document import render_json
from graders.reports.markdown import render_markdown
from graders.reports.pages import render_student_page
from graders.reports.terminal import print_record
from tests.stand_ins.records import KEY, finding, item, record
from tests.stand_ins.scripted_room import returned
from tests.stand_ins.secrets import secrets_of

ASSIGNMENTS = [load_assignment(listing) for listing in list_assignments()]
TASKS_BY_DEFAULT = 4


def _cases():
    """A mutant of each of the first tasks; the others are slow together."""
    for assignment in ASSIGNMENTS:
        tasks = [task.id for task in assignment.rubric.tasks]
        seen = set()
        for misconception in assignment.suite.catalogue.values():
            first = misconception.task not in seen
            quick = first and misconception.task in tasks[:TASKS_BY_DEFAULT]
            seen.add(misconception.task)
            yield pytest.param(
                (assignment.listing.name, misconception.id),
                id=f"{assignment.listing.names[0]}-{misconception.id}",
                marks=() if quick else pytest.mark.slow,
            )


@pytest.fixture(scope="module")
def sandboxes():
    """One per assignment, opened when it is asked for."""
    opened = {}
    yield lambda assignment: opened.setdefault(
        assignment.listing.name, open_sandbox(assignment).__enter__()
    )
    for sandbox in opened.values():
        sandbox.close()


@pytest.fixture(scope="module")
def graded(sandboxes):
    """Grades a text in one task, each only once."""

    @cache
    def run(name, source, task):
        assignment = next(a for a in ASSIGNMENTS if a.listing.name == name)
        submission = Submission(
            student="student_a",
            filename=assignment.listing.file,
            source=source,
            sha256=hashlib.sha256(source.encode()).hexdigest(),
        )
        return grade(submission, assignment, sandboxes(assignment), tasks=[task])

    return run


def _public_text(assignment, source):
    """What a student may read: the task, the points, the hints, their own file."""
    folder, suite = assignment.listing.folder, assignment.suite
    paths = [
        path for path in folder.iterdir() if path.suffix in (".md", ".yaml", ".py")
    ]
    paths += [suite.folder / "misconceptions.yaml", suite.folder / "given.py"]
    paths += suite.folder.glob("public*.py")
    texts = [path.read_text("utf-8") for path in paths if path.is_file()]
    titles = [check.title for checks in suite.groups.values() for check in checks]
    return "\n".join([*texts, *titles, source])


def _shown(a_record: Record) -> dict[str, str]:
    """Every report of a record, without what it is stamped with."""
    a_record = replace(
        a_record,
        duration_s=0,
        versions=(),
        key=replace(KEY, **dict.fromkeys(("submission", "suite", "data"), "x")),
    )
    a_record = replace(a_record, key=replace(a_record.key, environment="x"))
    texts = {}
    for width in (80, 400):
        console = Console(file=io.StringIO(), width=width, highlight=False)
        print_record(a_record, console)
        texts[f"terminal {width}"] = console.file.getvalue()
    texts["markdown"] = render_markdown(a_record).replace("\\", "")
    texts["page"] = _page(a_record)
    points = r'"(?:score|max_score|points|max_points|automatic)": [\d.]+'
    texts["json"] = re.sub(points, "", render_json(a_record))
    return texts


def _page(a_record: Record) -> str:
    """The page as it is read, with the pictures that hidden checks would make: none."""
    hidden = tuple(seen for seen in a_record.observations if not is_public(seen.group))
    page = render_student_page(replace(a_record, observations=hidden))
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert "<figure" not in body
    return html.unescape(re.sub(r"<[^>]*>", " ", body))


def _public_findings(a_record: Record) -> str:
    """What findings of public checks quote, and measured figures."""
    return "\n".join(
        f"{found.what} {found.detail} {found.printed}"
        for found in a_record.findings
        if not found.hidden
    )


def _leaks(a_record, observations, public):
    secrets = secrets_of(observations)
    public += _public_findings(a_record)
    return {
        name: told
        for name, text in _shown(a_record).items()
        if (told := secrets.told_by(text, public))
    }


@pytest.mark.parametrize("case", list(_cases()))
def test_a_report_tells_nothing_that_is_hidden(case, graded):
    name, misconception_id = case
    assignment = next(a for a in ASSIGNMENTS if a.listing.name == name)
    misconception = assignment.suite.catalogue[misconception_id]
    reference = (assignment.suite.folder / "reference.py").read_text("utf-8")
    mutant = assignment.suite.folder / "mutants" / misconception.mutant
    source = compose(reference, mutant.read_text("utf-8"))

    wrong = graded(name, source, misconception.task)
    right = graded(name, reference, misconception.task)

    hidden = [seen for seen in wrong.observations if not is_public(seen.group)]
    assert hidden
    assert any(found.outcome is Outcome.FAILED for found in wrong.findings)
    public = _public_text(assignment, source)
    observations = [*wrong.observations, *right.observations]
    assert _leaks(wrong, observations, public) == {}
    assert all(not found.printed for found in wrong.findings if found.hidden)


SECRET = np.random.default_rng(5).normal(size=(2, 3, 4))
TEXT = "never seen before by anyone"
QUESTION = {
    "ask": "call",
    "function": "f",
    "args": [SECRET, TEXT, [3, 1, 4, 1, 5]],
    "kwargs": {"scale": 0.271828},
    "given": {"g": [[[31415], 92.65]]},
    "seed": 0,
}
SEEN = Observation(
    group="hidden_arrays",
    room="student",
    check="A2.1.sizes",
    question=QUESTION,
    answer=returned({"words": ["unheard of"], "loss": 5897.932}),
)


@pytest.mark.parametrize(
    "words",
    [
        f"it is {SECRET[0, 1, 2]:.4g}",
        f"it is {SECRET[1, 2, 3]:.6f}",
        f"it is {SECRET[1, 0, 0]!r}",
        f"they are {SECRET[0, 0].round(2).tolist()}",
        f"they are {np.array2string(SECRET[0, 0], precision=3)}",
        "it was 3, 1, 4",
        "it was 1 4 1 5",
        "scaled by 0.2718",
        "g gave 31,415",
        "the loss is 5.898e+03",
        "'unheard of' is right",
        "the text was 'never seen before by anyone'",
        "after 'en before by any' it",
    ],
)
@pytest.mark.parametrize("part", ["what", "fix", "where"])
def test_a_leak_would_be_noticed(words, part):
    doctored = finding(hidden=True, **{part: words})
    leaky = record(item(doctored, finding("A2.1.b", hidden=True, what="Wrong.")))

    assert _leaks(leaky, [SEEN], "").keys() == _shown(leaky).keys()


@pytest.mark.parametrize(
    "words",
    [
        "`f` returned the shape (3, 1, 4); (3, 1, 5) is right.",
        "`f` returned a wrong value at 31,415 of 31,415 places, first at N=3, T=1.",
        "`f` returned a wrong value at 1 of 9 places, at index (3, 1, 4).",
        "The accuracy is 0.272; at least 0.500 is needed.",
        "The number of parameters is 31,415; at most 20,000 is allowed.",
        "Typical relative error: 0.3, so it is the formula, not rounding.",
        "Each is 1/16 of the right one.",
    ],
)
def test_shapes_places_and_measured_figures_are_no_leak(words):
    honest = record(item(finding(hidden=True, what=words), finding(what="Other.")))

    assert _leaks(honest, [SEEN], "") == {}


def test_what_a_public_check_was_asked_is_no_secret():
    public = replace(SEEN, group="public")
    quoting = record(item(finding(what=f"{SECRET[0, 0, 0]:.6f}"), finding(what="b")))

    assert _leaks(quoting, [public], "") == {}


@pytest.mark.parametrize("part", ["detail", "printed"])
def test_what_only_public_checks_may_say_is_in_no_report_of_a_hidden_one(part):
    quiet = finding(hidden=True, **{part: TEXT})

    shown = _shown(record(item(quiet, finding(what="Other."))))

    assert [name for name, text in shown.items() if TEXT in text] == []
