import unicodedata

import numpy as np
import pytest

from course.datasets import load, load_arrays
from course.datasets.catalog import find_card
from course.datasets.paragraphs import Paragraphs
from course.datasets.reading import load_columns
from course.datasets.survival_guide import TOPICS
from course.datasets.writing import plain, write_paragraphs

SPLITS = ("train", "validation", "test")


@pytest.fixture(scope="module")
def splits(prepared_dir):
    return {name: load_columns("paragraphs", name, prepared_dir) for name in SPLITS}


def words(texts):
    return [plain(text).split() for text in texts]


def naive_bayes_accuracy(train, test):
    """How many topics the words alone tell, whatever their order."""
    vocabulary = sorted({word for text in words(train["text"]) for word in text})
    at = {word: column for column, word in enumerate(vocabulary)}

    def counts(texts):
        table = np.zeros((len(texts), len(at)))
        for row, text in enumerate(words(texts)):
            for word in text:
                if word in at:
                    table[row, at[word]] += 1
        return table

    x, y = counts(train["text"]), train["label"]
    totals = np.stack([x[y == label].sum(axis=0) for label in range(5)]) + 1
    scores = np.log(totals / totals.sum(axis=1, keepdims=True))
    return (np.argmax(counts(test["text"]) @ scores.T, axis=1) == test["label"]).mean()


def test_the_splits_have_their_documented_sizes(splits):
    sizes = tuple(len(splits[name]["label"]) for name in SPLITS)

    assert sizes == find_card("paragraphs").num_examples
    assert sum(sizes) == 700


def test_the_splits_share_no_paragraph_and_miss_none(splits):
    indices = np.concatenate([splits[name]["index"] for name in SPLITS])
    texts = [" ".join(text) for name in SPLITS for text in words(splits[name]["text"])]

    assert sorted(indices.tolist()) == list(range(700))
    assert len(set(texts)) == 700


@pytest.mark.parametrize("split", SPLITS)
def test_the_stored_texts_are_those_that_were_written(splits, split):
    texts, labels = write_paragraphs()
    rows = splits[split]

    assert rows["text"].tolist() == [texts[at] for at in rows["index"]]
    assert rows["label"].tolist() == [labels[at] for at in rows["index"]]


def test_arrays_hold_str_and_labels_as_int64(prepared_dir):
    x, y = load_arrays("paragraphs", "test", prepared_dir)

    assert (x.shape, x.dtype.kind) == ((140,), "U")
    assert isinstance(x[0], str)
    assert (y.shape, y.dtype) == ((140,), np.int64)


def test_tf_data_yields_the_same_texts_as_utf_8(prepared_dir):
    x, y = load_arrays("paragraphs", "test", prepared_dir)

    pairs = list(load("paragraphs", "test", data_dir=prepared_dir).as_numpy_iterator())

    assert [text.decode() for text, _ in pairs] == x.tolist()
    assert [label for _, label in pairs] == y.tolist()


def test_unsupervised_tf_data_keeps_the_index_of_a_text(prepared_dir):
    data = load("paragraphs", "test", as_supervised=False, data_dir=prepared_dir)

    assert sorted(data.element_spec) == ["index", "label", "text"]
    assert data.element_spec["text"].dtype == "string"


@pytest.mark.parametrize("split", SPLITS)
def test_every_topic_has_its_share_of_every_split(splits, split):
    labels = splits[split]["label"]

    shares = np.bincount(labels, minlength=5) / len(labels)

    np.testing.assert_allclose(shares, np.array([160, 145, 140, 130, 125]) / 700)


def test_the_topics_take_turns_by_chance(splits):
    labels = splits["train"]["label"]

    repeats = (labels[1:] == labels[:-1]).mean()

    assert repeats == pytest.approx(0.2, abs=0.05)


def test_words_tell_most_topics_but_not_all(splits):
    accuracy = naive_bayes_accuracy(splits["train"], splits["test"])

    assert 0.9 <= accuracy <= 0.99


def test_no_single_word_tells_the_topic(splits):
    rows = splits["train"]
    texts = [set(text) for text in words(rows["text"])]
    best = 0
    for word in set().union(*texts):
        has = np.array([word in text for text in texts])
        sides = [np.bincount(rows["label"][side]) for side in (has, ~has)]
        best = max(best, sum(side.max() for side in sides if len(side)) / len(texts))

    assert best < 0.45


def test_the_vocabulary_has_a_few_hundred_words_in_several_forms(splits):
    vocabulary = {word for text in words(splits["train"]["text"]) for word in text}

    assert 300 <= len(vocabulary) <= 600
    assert {"train", "trains", "trained", "training", "trainer"} <= vocabulary
    assert {"robot", "robots", "kitten", "kittens"} <= vocabulary


def test_a_few_paragraphs_in_a_hundred_need_normalizing(splits):
    texts = splits["train"]["text"]

    share = np.mean([unicodedata.normalize("NFKC", text) != text for text in texts])

    assert 0.02 < share < 0.1


def test_the_builder_describes_text_label_and_index(tmp_path):
    info = Paragraphs(data_dir=tmp_path, file_format="array_record").info

    assert info.features["text"].shape == ()
    assert info.features["label"].names == [topic.name for topic in TOPICS]
    assert info.features["index"].np_dtype == np.int64
    assert info.supervised_keys == ("text", "label")
