"""The embedding has no row for the last id."""


def build_classifier(vocab, units, cell, max_len):
    import keras

    layer = {
        "gru": keras.layers.GRU,
        "lstm": keras.layers.LSTM,
        "rnn": keras.layers.SimpleRNN,
    }[cell]
    return keras.Sequential(
        [
            keras.layers.Input(shape=(max_len,), dtype="int32"),
            keras.layers.Embedding(vocab - 1, 16, mask_zero=True),
            layer(units),
            keras.layers.Dense(1),
        ]
    )
