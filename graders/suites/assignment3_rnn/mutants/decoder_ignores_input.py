"""The decoder is fed nothing but the summary, at every step."""


def build_seq2seq(vocab, embed, units):
    import keras

    enc_in = keras.Input(shape=(None,), dtype="int32")
    dec_in = keras.Input(shape=(None,), dtype="int32")
    source = keras.layers.Embedding(vocab, embed, mask_zero=True)(enc_in)
    summary = keras.layers.GRU(units)(source)
    target = keras.layers.Embedding(vocab, embed)(dec_in)
    silence = keras.ops.zeros_like(target)
    decoder = keras.layers.GRU(units, return_sequences=True)
    decoded = decoder(silence, initial_state=summary)
    return keras.Model([enc_in, dec_in], keras.layers.Dense(vocab)(decoded))
