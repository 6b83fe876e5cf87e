"""A layer on the way drops the mask."""


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
            keras.layers.Embedding(vocab, 16, mask_zero=True),
            keras.layers.Reshape((max_len, 16)),
            layer(units),
            keras.layers.Dense(1),
        ]
    )
