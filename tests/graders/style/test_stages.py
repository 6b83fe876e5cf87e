"""Every rule is shown by a line that breaks it, and by one that does not."""

from itertools import pairwise
from pathlib import Path

import pytest

from graders.records import Outcome, Stage
from graders.style import judge_style
from graders.style.stages import rule_of, rules_of

RULES = rules_of(Stage.DEPLOYMENT)
BREAKS = {
    "undefined_name": "def f():\n    return mising\n",
    "defined_twice": "def f():\n    return 1\ndef f():\n    return 2\n",
    "import_hidden": "import os\nfor os in [1]:\n    print(os)\n",
    "is_with_a_literal": "def f(x):\n    return x is 'same'\n",
    "condition_is_a_tuple": "def f(x):\n    assert (x, 'message')\n",
    "text_and_values_differ": "x = '%s and %s' % (1,)\n",
    "raises_not_implemented": "def f():\n    raise NotImplemented\n",
    "function_of_a_loop": "def f():\n    return [lambda: i for i in range(3)]\n",
    "loop_over_its_own_variable": "def f(x):\n    for x in x:\n        print(x)\n",
    "mutable_default": "def f(x=[]):\n    return x\n",
    "no_effect": "def f(x):\n    x == 1\n",
    "unused_import": "import os\n",
    "wildcard_import": "from numpy import *\nprint(ones)\n",
    "unused_variable": "def f():\n    x = 1\n",
    "unused_loop_variable": "for i in [1]:\n    print('x')\n",
    "bare_except": "try:\n    print('x')\nexcept:\n    print('y')\n",
    "compares_with_none": "def f(x):\n    return x == None\n",
    "compares_with_true": "def f(x):\n    return x == True\n",
    "ambiguous_name": "l = 1\n",
    "prints": "print('x')\n",
    "path_as_text": "import os\nx = os.path.join('a', 'b')\n",
    "type_missing": "def f(x: int):\n    return x\n",
}
KEEPS = [
    "def f(x):\n    n, h = x.shape\n    return n\n",  # a part of a tuple is unused
    "for _ in [1]:\n    pass\n",
    "for _row in [1]:\n    pass\n",
    "x = {  'a':1 , \"b\" :2}\n",
    "x = 1;y = 2\n",
    f"x = '{'a' * 300}'\n",
    "def CamelCase(X):\n    return X\n",
    "f = lambda x: x\n",
    "import sys, os\nx = sys, os\n",
    "def f(I_train, O_dim):\n    return I_train\n",
    "def f():\n    '''No full stop'''\n    raise NotImplementedError('later')\n",
    "try:\n    x = 1\nexcept Exception:\n    pass\n",
    "import keras\nkeras.utils.set_random_seed(0)\n",
    "if __name__ == '__main__':\n    ...\n",
]


def names(source, stage=Stage.PROOF_OF_CONCEPT):
    return {
        finding.check.split(".")[1]
        for finding in judge_style(source, stage, filename="cnn.py")
        if finding.outcome is Outcome.FAILED
    }


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_line_that_breaks_a_rule_is_found(rule):
    assert rule.name in names(BREAKS[rule.name], Stage.DEPLOYMENT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_name_is_left_open_in_what_is_told(rule):
    found = judge_style(BREAKS[rule.name], Stage.DEPLOYMENT, filename="cnn.py")

    told = "".join(finding.what + finding.fix for finding in found)
    assert "``" not in told
    assert "{name}" not in told


@pytest.mark.parametrize("source", KEEPS)
def test_what_is_only_a_matter_of_taste_is_not_found(source):
    assert names(source) == set()


def test_every_stage_asks_for_at_least_what_the_one_before_asks_for():
    asked = [set(rules_of(stage)) for stage in Stage]

    assert all(before <= after for before, after in pairwise(asked))


def test_a_first_try_may_import_what_it_does_not_use_yet():
    assert names(BREAKS["unused_import"], Stage.TESTING_A_CONCEPT) == set()


def test_printing_is_a_matter_of_products():
    assert names(BREAKS["prints"], Stage.PROOF_OF_CONCEPT) == set()
    assert names(BREAKS["prints"], Stage.PRODUCT) == {"prints"}


def test_the_rules_of_a_proof_of_concept_are_single_codes_and_few():
    rules = rules_of(Stage.PROOF_OF_CONCEPT)

    assert len(rules) < 25
    assert all(code[-3:].isdigit() for rule in rules for code in rule.codes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_what_why_and_how_in_sentences(rule):
    for text in (rule.what, rule.why, rule.fix):
        assert text[0].isupper() or text[0] == "`"
        assert text.endswith(".")
    assert rule.row in {"formatters & linting", "pathlib", "loguru", "type hints"}


def test_no_code_belongs_to_two_rules():
    codes = [code for rule in RULES for code in rule.codes]

    assert len(set(codes)) == len(codes)
    assert all(rule_of(code, RULES).codes.count(code) == 1 for code in codes)


def test_a_code_of_no_rule_has_none():
    assert rule_of("E501", RULES) is None


def test_the_page_for_instructors_lists_every_rule_with_its_first_stage():
    page = (Path(__file__).resolve().parents[3] / "docs" / "style.md").read_text()
    first = {
        rule.name: stage.words for stage in reversed(Stage) for rule in rules_of(stage)
    }

    rows = [line for line in page.splitlines() if line.startswith("| `")]
    listed = {row.split("`")[1]: row.split(" | ")[-1].rstrip(" |") for row in rows}

    assert first.items() <= listed.items()
    assert listed.keys() - first.keys() == {"stage", "points", "per_finding"}
