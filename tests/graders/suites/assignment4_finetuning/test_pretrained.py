"""The shipped network is the one that is described, and knows the digits."""

import hashlib

import numpy as np

from graders.suites.assignment4_finetuning import oracle
from graders.suites.assignment4_finetuning.data import (
    NUM_SHOWN,
    data_sha256,
    few_labels,
    old_task,
    pretrained,
)
from graders.suites.assignment4_finetuning.pretraining import FILE, layers

SHA256 = "a503ac60551ea221f8d5fdae8d6690c5ef217a47bedb660971fc02f4a4f1f854"
SHAPES = [
    *((3, 3, 1, 16), (16,), (3, 3, 16, 48), (48,)),
    *((48,), (48,), (48,), (48,), (432, 48), (48,)),
]


def test_the_file_is_the_one_that_was_made():
    # Pretrain again on purpose only: every figure of the handout depends on it.
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == SHA256
    assert FILE.stat().st_size < 150_000


def test_it_holds_the_layers_that_the_script_makes():
    known = pretrained()

    assert known.layers == layers()
    assert [weight.shape for weight in known.weights] == SHAPES
    assert [part.shape for part in known.head] == [(48, 10), (10,)]
    assert all(weight.dtype == np.float32 for weight in known.weights)


def test_it_knows_digits_that_it_has_not_seen():
    images, (kernel, bias) = old_task(), pretrained().head
    logits = oracle.features(pretrained().weights, images.x) @ kernel + bias

    assert oracle.accuracy(logits, images.y) > 0.97


def test_few_labels_are_drawn_and_the_others_are_kept_for_judging():
    shown, held_out = few_labels(3)

    every = np.concatenate([shown.x, held_out.x])
    assert shown.x.shape == (NUM_SHOWN, 12, 12, 1)
    assert len(np.unique(every.reshape(len(every), -1), axis=0)) == len(
        np.unique(old_task().x.reshape(len(every), -1), axis=0)
    )
    assert set(shown.y) == {0, 1}


def test_another_seed_shows_other_images():
    assert not np.array_equal(few_labels(0)[0].x, few_labels(1)[0].x)


def test_the_hash_of_the_data_covers_the_network(monkeypatch, tmp_path):
    before = data_sha256()
    other = tmp_path / "base.npz"
    other.write_bytes(FILE.read_bytes() + b"x")

    monkeypatch.setattr("graders.suites.assignment4_finetuning.data.FILE", other)

    assert data_sha256() != before
