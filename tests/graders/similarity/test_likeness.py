import pytest

from graders.similarity.fingerprints import Fingerprints
from graders.similarity.likeness import Likenesses, Weights, rarity
from graders.similarity.normalising import Unit


def prints(*words):
    return Fingerprints([Unit(name="", first=1, last=1, words=[(w, 1) for w in words])])


def test_the_fewer_have_a_passage_the_more_it_weighs():
    weights = [rarity(count, 100) for count in range(2, 101)]

    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0


def test_several_texts_of_one_person_count_once():
    texts = [prints(*map(str, range(60)))] * 30

    weights = Weights(texts, (), ["student_a"] * 29 + ["student_b"], common=0.1)

    assert all(weights[passage] == 1 for passage in texts[0].places)


def test_a_file_that_was_copied_into_a_longer_one_is_wholly_alike():
    short = [f"w{n}" for n in range(200)]
    one, other = prints(*short), prints(*short, *(f"x{n}" for n in range(600)))
    likenesses = Likenesses([one, other], Weights([one, other], (), ["a", "b"], 0.5))

    (alike,) = likenesses.at_least(0.5)

    assert alike.likeness == pytest.approx(1, abs=0.03)
    assert alike.shares[1] < 0.4


def test_no_text_at_all_is_like_none():
    assert list(Likenesses([], Weights([], (), [], 0.5)).at_least(0.1)) == []
