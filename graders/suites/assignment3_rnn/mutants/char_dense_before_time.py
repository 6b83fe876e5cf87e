"""The dense layer comes first, and a recurrent one gives the outputs."""


def build_char_model(vocab, embed, units, cell="gru"):
    import keras

    layer = {
        "gru": keras.layers.GRU,
        "lstm": keras.layers.LSTM,
        "rnn": keras.layers.SimpleRNN,
    }[cell]
    return keras.Sequential(
        [
            keras.layers.Input(shape=(None,), dtype="int32"),
            keras.layers.Embedding(vocab, embed),
            keras.layers.Dense(units),
            layer(vocab, return_sequences=True),
        ]
    )
