"""Ids are taken to start at 1."""


def build_char_model(vocab, embed, units, cell="gru"):
    import keras

    layer = {
        "gru": keras.layers.GRU,
        "lstm": keras.layers.LSTM,
        "rnn": keras.layers.SimpleRNN,
    }[cell]
    ids = keras.Input(shape=(None,), dtype="int32")
    embedded = keras.layers.Embedding(vocab, embed)(ids + 1)
    states = layer(units, return_sequences=True)(embedded)
    return keras.Model(ids, keras.layers.Dense(vocab)(states))
