import pytest

from graders.similarity import reading
from graders.similarity.normalising import MOST_WORDS
from graders.similarity.reading import read_texts

FINE = "def f(a):\n    return a + 1\n"
HOSTILE = {
    "brackets": "(" * 200_000,
    "signs": "-" * 500_000 + "1",
    "one line": "a" * 1_000_000,
    "a line of sums": "x = " + "+".join(["1"] * 200_000),
    "repetition": "x=1\n" * 200_000,
    "indentation": "".join(" " * n + "if x:\n" for n in range(120)),
    "attributes": "x" + ".a" * 100_000,
    "a number": "x = " + "9" * 100_000,
    "a float": "x = 1e999999\ny = [1e400, 2, 3, 4, 5, 6, 7, 8, 9]",
    "lists": "x = " + "[" * 150 + "]" * 150,
    "an open text": 'x = """' + "y\n" * 100_000,
    "backslashes": "\\" * 100_000,
    "strange ends": "x = 1\r\n\x0c\x1cy = 2\u2028z = 3\r",
    "nul": "x = 1\0",
    "half a character": "x = '\ud800'",
    "f-strings": "x = " + "f'{" * 90 + "1" + "}'" * 90,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_as_words_or_as_python_and_the_next_one_is_read(name):
    bad, fine = read_texts([HOSTILE[name], FINE])

    assert bad.num_words <= MOST_WORDS
    assert fine.parsed
    assert [unit.name for unit in fine.units] == ["f"]


def test_a_text_that_takes_too_long_is_read_as_words(monkeypatch):
    monkeypatch.setattr(reading, "READ_S", 0.0)

    (found,) = read_texts([FINE])

    assert not found.parsed
    assert found.units[0].words[0] == ("~def", 1)


def test_what_is_too_long_is_told():
    (found,) = read_texts(["x = y + 1\n" * MOST_WORDS])

    assert not found.whole


def test_signs_are_told_with_their_lines():
    text = "# a remark of mine\nx = 0.12345\ny = [1, 2, 3, 4, 5, 6, 7, 8.5]\nz = 'no'\n"

    (found,) = read_texts([text])

    kinds = [(kind, line) for kind, _, line in found.signs]
    assert kinds == [("comment", 1), ("number", 2), ("table", 3)]
    assert found.signs[0][1] == "a remark of mine"
    assert found.signs[2][1].startswith("8 numbers: 1, 2, 3, 4, ...")
