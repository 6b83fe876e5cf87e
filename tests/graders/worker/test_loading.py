from graders.worker.loading import LoadedFile, load_source

SOURCE = """\
from collections import Counter


class Base:
    def fit(self, texts):
        return self


class Tokenizer(Base):
    def __init__(self, size=3):
        self.size = size

    @staticmethod
    def clean(text):
        return text

    def encode(self, text, pad=False):
        return []


def plain(x):
    return x
"""


def definitions():
    file = LoadedFile("tokenization.py", SOURCE)
    load_source(file)
    return file.definitions()


def test_methods_are_told_without_self_and_with_their_line():
    encode = definitions()["Tokenizer.encode"]

    assert encode == {
        "parameters": [
            ["text", "POSITIONAL_OR_KEYWORD", False],
            ["pad", "POSITIONAL_OR_KEYWORD", True],
        ],
        "line": 17,
    }


def test_an_inherited_method_is_a_method_of_the_class_that_inherits_it():
    found = definitions()

    assert found["Tokenizer.fit"]["line"] == found["Base.fit"]["line"] == 5


def test_a_class_is_told_with_its_line_and_what_it_is_made_with():
    kind = definitions()["Tokenizer"]

    assert kind == {
        "parameters": [["size", "POSITIONAL_OR_KEYWORD", True]],
        "line": 9,
    }


def test_the_methods_of_an_imported_class_are_not_told():
    found = definitions()

    assert found["Counter"]["line"] is None
    assert not any(name.startswith("Counter.") for name in found)
