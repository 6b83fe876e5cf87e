"""The ids belong to the class, so all tokenizers share them."""


class CharTokenizer:
    ids = {}  # noqa: RUF012

    def fit(self, texts):
        for c in sorted(set("".join(texts))):
            self.ids.setdefault(c, len(self.ids) + 2)
        return self

    def encode(self, text):
        return [self.ids.get(c, 1) for c in text]

    def decode(self, ids):
        characters = {i: c for c, i in self.ids.items()}
        return "".join(characters.get(i, "\ufffd") for i in ids if i != 0)
