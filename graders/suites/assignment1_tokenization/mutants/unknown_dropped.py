"""Characters that were not learned are left out."""


class CharTokenizer:
    def fit(self, texts):
        known = sorted(set("".join(texts)))
        self.ids = {c: i for i, c in enumerate(known, 2)}
        return self

    def encode(self, text):
        return [self.ids[c] for c in text if c in self.ids]

    def decode(self, ids):
        characters = {i: c for c, i in self.ids.items()}
        return "".join(characters.get(i, "\ufffd") for i in ids if i != 0)
