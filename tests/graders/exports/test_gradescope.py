from dataclasses import replace

import pytest

from graders.exports.gradescope import as_file, no_score, render_results
from graders.records import Outcome
from graders.rubric import mark
from tests.graders.exports.readers import gradescope
from tests.stand_ins import regrading
from tests.stand_ins.marks import adjusted, at

POLICY = regrading.late_policy()


def graded(rubric, failed="", hidden=(), **outcomes):
    """A record; of some checks the outcome, of some that they are hidden."""
    record = regrading.graded(rubric, failed, "0123456789abcdef").record
    findings = tuple(
        replace(
            finding,
            hidden=name in hidden,
            what=f"what of {name}",
            detail=f"detail of {name}",
            outcome=outcomes.get(name, finding.outcome),
        )
        for finding in record.findings
        if (name := finding.check.rpartition(".")[2])
    )
    return regrading.graded(
        rubric, failed, "0123456789abcdef", findings=findings
    ).record


@pytest.fixture
def rubric():
    return regrading.rubric(manual=[])


def test_gradescope_takes_the_points_of_every_check(rubric):
    content = render_results(graded(rubric, "bias"), rubric)

    results = gradescope.read(content)
    assert gradescope.total(results) == 15
    assert [
        (test["number"], test["name"], test["score"], test["max_score"])
        for test in results["tests"]
    ] == [
        ("A9.1.1", "The sizes", 6, 6),
        ("A9.1.2", "The shapes", 4, 4),
        ("A9.2.1", "The bias", 0, 5),
        ("A9.2.2", "The strides", 5, 5),
    ]
    assert results["tests"][2]["status"] == "failed"
    assert results["extra_data"]["key"]["submission"] == "0123456789abcdef"


@pytest.mark.parametrize(
    ("policy", "when"),
    [
        ({**POLICY, "hidden_items": "after_due"}, {"is_past_due": True}),
        ({**POLICY, "hidden_items": "after_publishing"}, {"is_published": True}),
        ({**POLICY, "hidden_items": "never"}, None),
    ],
    ids=["after_due", "after_publishing", "never"],
)
def test_a_hidden_check_is_seen_when_the_rubric_says_so_and_not_before(policy, when):
    rubric = regrading.rubric(manual=[], policy=policy)
    record = graded(rubric, "bias sizes", hidden=("bias", "strides"))

    results = gradescope.read(render_results(record, rubric))

    before = gradescope.seen_by_student(results, is_past_due=False, is_published=False)
    assert before.names == ["The sizes", "The shapes"]
    assert before.total is None
    assert "bias" not in before.text
    assert "execution_time" not in results
    every = {"is_past_due": False, "is_published": False}
    after = gradescope.seen_by_student(results, **{**every, **(when or {})})
    assert (after.total == 9) is bool(when)
    assert ("what of bias" in after.text) is bool(when)
    assert "detail of bias" not in str(results)


def test_a_rubric_without_a_policy_shows_everything_at_once(rubric):
    record = graded(rubric, "bias", hidden=("bias",))

    results = gradescope.read(render_results(record, rubric))

    seen = gradescope.seen_by_student(results, is_past_due=False, is_published=False)
    assert seen.total == 15
    assert results["execution_time"] == 1.5


def test_a_broken_check_withholds_the_score_and_is_no_zero(rubric):
    record = graded(rubric, "sizes", bias=Outcome.BROKEN)

    content = render_results(record, rubric)

    results = gradescope.check_fields(content)
    assert "score" not in results
    broken = results["tests"][2]
    assert "score" not in broken
    assert "status" not in broken
    assert "It costs you nothing" in broken["output"]
    assert "This is not a zero" in results["output"]
    with pytest.raises(gradescope.AutograderError):
        gradescope.read(content)


def test_where_nothing_could_be_graded_there_is_no_score_and_no_test():
    content = as_file(no_score("The grader has a problem."))

    assert "tests" not in gradescope.check_fields(content)
    with pytest.raises(gradescope.AutograderError):
        gradescope.read(content)


def test_points_by_a_person_are_one_test_with_the_reason(rubric):
    record = graded(rubric, "sizes shapes")
    given = [adjusted("A9.1", 7, reason="Nearly \x1b[2Jright.")]
    its_mark = mark(rubric, record.score, adjustments=given)

    results = gradescope.read(render_results(record, rubric, its_mark))

    assert gradescope.total(results) == 17
    first = results["tests"][0]
    assert (first["number"], first["score"], first["max_score"]) == ("A9.1", 7, 10)
    assert "Nearly �[2Jright." in first["output"]


def test_lateness_is_in_the_score_and_told():
    rubric = regrading.rubric(manual=[], policy=POLICY)
    record = graded(rubric)
    its_mark = mark(rubric, record.score, submitted=at("2026-10-10 12:00"))

    results = gradescope.read(render_results(record, rubric, its_mark))

    assert results["score"] == 18
    assert "Of the sum, 90 % is kept" in results["output"]


def test_an_item_that_waits_for_a_person_is_no_zero():
    rubric = regrading.rubric()
    record = graded(rubric)

    results = gradescope.read(
        render_results(record, rubric, mark(rubric, record.score))
    )

    assert "A9.M1" not in [test["number"] for test in results["tests"]]
    assert "a person has yet to give its points" in results["output"]


def test_the_total_in_points_for_style_is_kept_back_with_what_it_depends_on():
    style = {"stage": "proof_of_concept", "points": 4}
    policy = {**POLICY, "hidden_items": "after_due"}
    rubric = regrading.rubric(manual=[], style=style, policy=policy)
    record = graded(rubric, "bias strides", hidden=("bias", "strides"))
    found = (regrading.finding("style.x", Outcome.FAILED, hidden=False),)
    record = regrading.graded(
        rubric, "", "0123456789abcdef", findings=record.findings, style=found
    ).record

    results = gradescope.read(render_results(record, rubric))

    seen = gradescope.seen_by_student(results, is_past_due=False, is_published=False)
    assert seen.names == ["The sizes", "The shapes"]


def test_text_without_end_is_cut(rubric):
    record = graded(rubric, "sizes")
    long = replace(record.findings[0], what="x" * 100_000)
    record = regrading.graded(
        rubric, "", "0" * 16, findings=(long, *record.findings[1:])
    ).record

    results = gradescope.read(render_results(record, rubric))

    assert len(results["tests"][0]["output"]) < 8100
    assert results["tests"][0]["output"].endswith("which is left out here.")


def test_half_characters_and_escapes_reach_no_page(rubric):
    record = graded(rubric, "sizes")
    odd = replace(record.findings[0], what="a\ud800b\x1b]8;;x\x07\u202e</script>")
    record = regrading.graded(
        rubric, "", "0" * 16, findings=(odd, *record.findings[1:])
    ).record

    content = render_results(record, rubric)

    output = gradescope.read(content)["tests"][0]["output"]
    assert "a�b�]8;;x��</script>" in output  # format `text`: shown, not run
