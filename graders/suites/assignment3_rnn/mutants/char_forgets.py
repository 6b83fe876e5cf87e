"""There is no recurrent layer: each output sees its own input only."""


def build_char_model(vocab, embed, units, cell="gru"):
    import keras

    width = {"rnn": 1, "gru": 2, "lstm": 3}[cell] * units
    return keras.Sequential(
        [
            keras.layers.Input(shape=(None,), dtype="int32"),
            keras.layers.Embedding(vocab, embed),
            keras.layers.Dense(width, activation="relu"),
            keras.layers.Dense(vocab),
        ]
    )
