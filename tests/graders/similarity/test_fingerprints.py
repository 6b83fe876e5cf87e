import subprocess
import sys

import numpy as np

from graders.similarity.fingerprints import (
    PASSAGE,
    WINDOW,
    Fingerprints,
    passage_hashes,
    winnow,
)
from graders.similarity.normalising import Unit


def unit(words):
    return Unit(name="", first=1, last=1, words=[(word, 1) for word in words])


def test_equal_passages_have_equal_hashes_wherever_they_are():
    hashes = passage_hashes(list("abcdXabcd"), 4)

    assert hashes[0] == hashes[5]
    assert len(set(hashes.tolist())) == 5


def test_hashes_are_those_of_any_other_process():
    code = (
        "from graders.similarity.fingerprints import passage_hashes;"
        " print(int(passage_hashes(['a', 'b', 'c'], 3)[0]))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert int(told.stdout) == int(passage_hashes(["a", "b", "c"], 3)[0])


def test_no_two_texts_share_a_long_run_and_no_fingerprint():
    draw = np.random.default_rng(0)
    run = [f"r{n}" for n in draw.integers(0, 99, PASSAGE + WINDOW - 1)]
    for trial in range(50):
        texts = [
            [f"{side}{n}" for n in draw.integers(0, 99, trial)] + run + [f"{side}end"]
            for side in "ab"
        ]
        one, other = (Fingerprints([unit(text)]) for text in texts)
        assert one.places.keys() & other.places.keys()


def test_of_equal_hashes_the_last_is_kept():
    assert winnow(np.array([5, 5, 5, 5, 5], np.uint64), 4) == [3, 4]


def test_a_text_without_words_has_no_fingerprint():
    assert Fingerprints([unit([])]).places == {}
