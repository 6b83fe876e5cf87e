import re

import pytest

from course.datasets.survival_guide import FORMS, PHRASES, SENTENCES, TOPICS


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_word_has_the_forms_that_its_slots_ask_for(topic):
    for field, wanted in (("nouns", 2), ("verbs", 4), ("adjectives", 1)):
        forms = {word: len(word.split()) for word in getattr(topic, field)}

        assert set(forms.values()) == {wanted}, forms


def test_every_slot_is_known():
    own = [sentence for topic in TOPICS for sentence in topic.sentences]

    slots = set(re.findall(r"\{(.*?)\}", " ".join([*SENTENCES, *own])))

    assert slots == set(FORMS) | set(PHRASES)


@pytest.mark.parametrize("form", ["nouns", "verbs", "adjectives"])
def test_every_topic_has_words_of_its_own_and_some_share_words(form):
    lists = [set(getattr(topic, form)) for topic in TOPICS]

    for words in lists:
        others = set().union(*(other for other in lists if other is not words))
        assert words - others, "no word of its own"
    assert sum(map(len, lists)) > len(set().union(*lists))


def test_the_topics_have_different_names():
    assert len({topic.name for topic in TOPICS}) == len(TOPICS) == 5
