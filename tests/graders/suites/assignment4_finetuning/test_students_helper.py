"""What students read the network with computes what the grader computes."""

import numpy as np
import pytest

from assignments.assignment4_finetuning import pretrained as helper
from graders.sandbox import Limits, Room
from graders.suites.assignment4_finetuning import oracle
from graders.suites.assignment4_finetuning.data import old_task, pretrained

BY_HELPER = """
import json
import numpy as np

def outputs(x):
    base, classifier = load_classifier()
    same = all(any(w is v for v in classifier.weights) for w in base.weights)
    return np.asarray(base(x)), np.asarray(classifier(x)), same

def features(x):
    return np.asarray(load_base()(x))
"""


@pytest.fixture
def room(sandbox, monkeypatch):
    text = helper.FILE.with_name("pretrained.py").read_text("utf-8")
    located = text.replace('Path(__file__).with_name("base.npz")', f'"{helper.FILE}"')
    opened = Room(
        sandbox, Limits(), filename="helper.py", source=f"{located}\n{BY_HELPER}"
    )
    yield opened
    opened.close()


def call(room, function, *args):
    question = {"ask": "call", "function": function, "args": list(args)}
    answer = room.ask({**question, "kwargs": {}, "given": {}, "seed": 0}, 60)
    assert answer.error is None, answer.error
    return answer.value


def test_its_base_and_classifier_compute_what_the_grader_computes(room):
    x, known = old_task().x[:12], pretrained()
    kernel, bias = known.head
    expected = oracle.features(known.weights, x)

    features, logits, shared = call(room, "outputs", x)

    assert np.allclose(features, expected, rtol=1e-3, atol=1e-3)
    assert np.allclose(logits, expected @ kernel + bias, rtol=1e-3, atol=1e-2)
    assert shared is True


def test_the_base_alone_is_the_same(room):
    x = old_task().x[:3]

    features = call(room, "features", x)

    assert np.allclose(
        features, oracle.features(pretrained().weights, x), rtol=1e-3, atol=1e-3
    )


def test_importing_it_does_not_import_keras():
    assert "import keras" not in "\n".join(
        line
        for line in helper.FILE.with_name("pretrained.py").read_text().splitlines()
        if not line.startswith(" ")
    )
