import hashlib
import re
import unicodedata

import pytest

from course.datasets.survival_guide import TOPICS
from course.datasets.writing import (
    AMOUNTS,
    LONGEST,
    SHORTEST,
    plain,
    print_in,
    write_paragraph,
    write_paragraphs,
)


@pytest.fixture(scope="module")
def written():
    return write_paragraphs()


def test_the_paragraphs_are_the_same_on_every_machine(written):
    texts, labels = written

    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()

    assert labels[:8] == [2, 4, 0, 3, 4, 4, 2, 4]
    assert digest[:16] == "539b99f7cb5f7af3"  # another one asks for another version


def test_every_topic_has_its_amount(written):
    _, labels = written

    assert tuple(labels.count(label) for label in range(len(TOPICS))) == AMOUNTS


def test_every_paragraph_has_its_length(written):
    texts, _ = written

    lengths = [len(text) for text in texts]

    assert min(lengths) >= SHORTEST
    assert max(lengths) <= LONGEST


def test_no_two_paragraphs_have_the_same_words(written):
    texts, _ = written

    assert len({plain(text) for text in texts}) == len(texts)


def test_no_slot_is_left_empty(written):
    texts, _ = written

    assert not re.search(r"[{}]|  ", "\n".join(texts))


def test_sentences_start_with_a_capital_letter_and_end_with_a_mark(written):
    texts, _ = written

    for text in texts:
        assert re.match(r'"?[A-Z\d]', text), text
        assert not re.search(
            r"[.?!] [a-z]", text.replace('!" s', "").replace('?" a', "")
        )
        assert text[-1] in ".?!", text


def test_an_stands_before_vowels_only(written):
    texts, _ = written
    normal = unicodedata.normalize("NFKC", "\n".join(texts)).lower()

    assert re.search(r"\ban [aeiou]", normal)
    assert not re.search(r"\ba [aeiou]|\ban [^aeiou]", normal)


def test_a_paragraph_does_not_depend_on_the_paragraphs_before_it():
    first = write_paragraph(TOPICS[0], 17)
    write_paragraph(TOPICS[1], 16)

    assert write_paragraph(TOPICS[0], 17) == first


def test_another_attempt_gives_another_paragraph():
    attempts = {write_paragraph(TOPICS[0], 17, attempt) for attempt in range(5)}

    assert len(attempts) == 5


@pytest.mark.parametrize(
    ("draw", "printed"),
    [
        (0, "An e\N{LATIN SMALL LIGATURE FFI}cient caf\u00e9, 2 kettles"),
        (8, "An efficient caf\u00e9, 2\N{NO-BREAK SPACE}kettles"),
        (14, "An efficient cafe\N{COMBINING ACUTE ACCENT}, 2 kettles"),
        (99, "An efficient caf\u00e9, 2 kettles"),
    ],
    ids=["ligatures", "no-break spaces", "loose accents", "as written"],
)
def test_a_print_changes_characters_and_no_words(draw, printed):
    text = "An efficient caf\u00e9, 2 kettles"

    assert print_in(text, draw) == printed
    assert plain(printed) == "an efficient caf\u00e9 2 kettles"
