"""A softmax is taken over the steps."""


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
            layer(units, return_sequences=True),
            keras.layers.Dense(vocab),
            keras.layers.Softmax(axis=1),
        ]
    )
