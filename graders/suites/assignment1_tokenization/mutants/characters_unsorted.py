"""Ids are given in the order in which characters are first seen."""


class CharTokenizer:
    def fit(self, texts):
        known = dict.fromkeys("".join(texts))
        self.ids = {c: i for i, c in enumerate(known, 2)}
        return self

    def encode(self, text):
        return [self.ids.get(c, 1) for c in text]

    def decode(self, ids):
        characters = {i: c for c, i in self.ids.items()}
        return "".join(characters.get(i, "\ufffd") for i in ids if i != 0)
