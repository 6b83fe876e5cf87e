"""Every model has the same kind of cell."""


def build_char_model(vocab, embed, units, cell="gru"):
    import keras

    return keras.Sequential(
        [
            keras.layers.Input(shape=(None,), dtype="int32"),
            keras.layers.Embedding(vocab, embed),
            keras.layers.GRU(units, return_sequences=True),
            keras.layers.Dense(vocab),
        ]
    )
